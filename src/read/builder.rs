//! Builds articles from text that a program already has.
//!
//! The text is kept exactly as given. Its paragraphs, dateline, language and id are determined in the same way as for a
//! text field of a JSON record.

use crate::article::{Article, ArticleId, Published};
use crate::language::Language;
use crate::read::{glued, lang, layout};

impl Article {
    /// Creates an article from text, which is kept exactly as given.
    ///
    /// The title stays empty, even if the first line looks like one; use [`Article::builder`] to set it and the other
    /// metadata. For text that was copied from a page or a file, with its title, date and menus, use
    /// [`read::read`](crate::read::read), which removes everything around the article and finds its metadata.
    ///
    /// ```
    /// use nutgraf::Article;
    ///
    /// let article = Article::from_text("The ferry sank on Tuesday.\n\nAll 212 passengers were saved.");
    /// assert_eq!(article.blocks.len(), 2);
    /// assert_eq!(article.blocks[1].span.slice(&article.text), "All 212 passengers were saved.");
    /// ```
    pub fn from_text(text: impl Into<String>) -> Self {
        Self::builder(text).build()
    }

    /// Starts building an article from text; metadata is optional.
    ///
    /// ```
    /// use nutgraf::{Article, Language, Published};
    ///
    /// let article = Article::builder("La nave è affondata martedì.")
    ///     .title("Traghetto affondato")
    ///     .outlet("Il Faro")
    ///     .published(Published::parse("2026-03-10").expect("a day"))
    ///     .lang(Language::parse("it").expect("a language tag"))
    ///     .build();
    /// assert_eq!(article.outlet(), Some("Il Faro"));
    /// assert_eq!(article.lang.code(), "it");
    /// ```
    pub fn builder(text: impl Into<String>) -> ArticleBuilder {
        ArticleBuilder(with_layout(text.into()))
    }
}

/// Builds an article; returned by [`Article::builder`].
#[derive(Clone, Debug)]
#[must_use = "an article is made by `build`"]
pub struct ArticleBuilder(Article);

impl ArticleBuilder {
    /// Sets the headline.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.0.title = title.into();
        self
    }

    /// Sets the outlet that published the article.
    pub fn outlet(mut self, outlet: impl Into<String>) -> Self {
        self.0.source = Some(outlet.into());
        self
    }

    /// Sets the author or authors, without "By".
    pub fn byline(mut self, byline: impl Into<String>) -> Self {
        self.0.byline = Some(byline.into());
        self
    }

    /// Sets the address of the article.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.0.url = Some(url.into());
        self
    }

    /// Sets the date of publication.
    pub fn published(mut self, published: Published) -> Self {
        self.0.published = Some(published);
        self
    }

    /// Sets the language; if it is not set, it is detected.
    pub fn lang(mut self, lang: Language) -> Self {
        self.0.lang = lang;
        self
    }

    /// Sets the id; if it is not set, it is a hash of outlet, title and text.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.0.id = ArticleId::given(id);
        self
    }

    /// Builds the article; detects its language and derives its id unless they are set.
    pub fn build(self) -> Article {
        let mut article = self.0;
        if !article.lang.is_known() {
            article.lang = lang::detect_article(&article);
        }
        glued::divide(&mut article);
        if article.id == ArticleId::default() {
            let outlet = article.source.as_deref();
            article.id = ArticleId::from_content(outlet, &article.title, &article.text);
        }
        if article.origin.is_empty() {
            article.origin = article.id.to_string();
        }
        article
    }
}

/// Creates an article with text, blocks and place, but without an id or a language.
pub(super) fn with_layout(text: String) -> Article {
    let layout = layout::layout(&text);
    Article {
        place: layout.place.map(|place| place.slice(&text).to_owned()),
        blocks: layout.blocks,
        text,
        ..Article::default()
    }
}

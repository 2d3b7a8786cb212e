//! The rules of a check: their codes with kinds and explanations.

use std::fmt;

use serde::{Serialize, Serializer};

/// The kinds of finding. Findings of the first nine kinds fail the check; the others are notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The words, or a field of a briefing, differ from the source.
    #[default]
    Altered,
    /// The words come from separate places that do not belong together.
    Spliced,
    /// No source contains the words.
    NotFound,
    /// The source attributes the words to another person, or another source contains them.
    Speaker,
    /// The source gives the speaker another office.
    Role,
    /// A negation was added or removed.
    Negation,
    /// No source contains a number, date or name outside quotation marks.
    Unsupported,
    /// A source contradicts the claim.
    Contradicted,
    /// The text of a source has changed since the briefing was made.
    ChangedSource,
    /// Square brackets replace words of the source.
    Bracket,
    /// An ellipsis leaves out words that matter.
    Ellipsis,
    /// The speaker cannot be verified.
    Attribution,
    /// A source has the number, date or name, but not in a sentence that supports the claim.
    Unclear,
    /// The draft has no quotation.
    NoQuotation,
}

impl Kind {
    /// Returns whether findings of this kind fail the check.
    pub const fn is_fault(self) -> bool {
        !matches!(
            self,
            Self::Bracket | Self::Ellipsis | Self::Attribution | Self::Unclear | Self::NoQuotation
        )
    }

    /// Returns the name of the kind, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Spliced => "spliced",
            Self::NotFound => "not_found",
            Self::Speaker => "speaker",
            Self::Role => "role",
            Self::Negation => "negation",
            Self::Unsupported => "unsupported",
            Self::Contradicted => "contradicted",
            Self::ChangedSource => "changed_source",
            Self::Bracket => "bracket",
            Self::Ellipsis => "ellipsis",
            Self::Attribution => "attribution",
            Self::Unclear => "unclear",
            Self::NoQuotation => "no_quotation",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Declares the codes: variant, name, kind, explanation.
macro_rules! codes {
    ($($variant:ident $name:literal $kind:ident $explanation:literal;)*) => {
        /// The rules that findings come from; see [`Code::explanation`] for each.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is documented by its explanation")]
        pub enum Code { #[default] $($variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the name of the code, as used in JSON and with `--explain`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the kind of its findings.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// Returns the purpose of the rule and how to fix its findings.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }
        }
    };
}

codes! {
    WordChanged "word_changed" Altered
        "A source holds the quotation with other words. Upper and lower case, punctuation, spelling with or without a hyphen \
         and words in square brackets do not count. Copy the words of the source, or mark the change with [brackets] or an ellipsis.";
    NumberChanged "number_changed" Altered
        "The quotation has another number than the source.";
    BracketFact "bracket_fact" Altered
        "Square brackets replace a number, a date, a name or a negation of the source by something else. Brackets may explain \
         what was said, as in [Mayor Jonas Field] for 'he'; they may not change a fact.";
    EllipsisEmpty "ellipsis_empty" Altered
        "An ellipsis says that words were left out or that the speaker paused, but in the source the words before and after it follow \
         each other without any pause. The quotation was put together from memory or from another text. Remove the ellipsis.";
    ExcerptText "excerpt_text" Altered
        "The text of an excerpt of a briefing differs from the article at its range.";
    ExcerptBounds "excerpt_bounds" Altered
        "An excerpt does not begin and end where a sentence of its article does.";
    QuoteBounds "quote_bounds" Altered
        "A quote of a briefing is not exactly the text inside the quotation marks of its article.";
    Headline "headline" Altered
        "A headline is not the title of its article.";
    Metadata "metadata" Altered
        "The list of articles gives another title, outlet, author, date or address than the article.";
    Derived "derived" Altered
        "A field of a briefing that follows from its articles (words, outlets, sources, witnesses, first, last, single_source, schema) has another value.";
    Spliced "spliced" Spliced
        "The words come from places apart and were joined as if they had been said together, or in another order than in the \
         source. Quote each part for itself.";
    SplicedSpeakers "spliced_speakers" Spliced
        "The parts of one quotation were said by different people.";
    Fabricated "fabricated" NotFound
        "No source holds these words, nor anything close to them.";
    DraftFormat "draft_format" NotFound
        "The library was built without the crate feature that reads drafts of this format, so nothing was compared. The message \
         names the feature.";
    NoArticle "no_article" NotFound
        "An article that a briefing names is not among the inputs, or not among the sources of the story.";
    Range "range" NotFound
        "The range of an excerpt lies outside the text of its article.";
    OtherSpeaker "other_speaker" Speaker
        "The draft and the source both name who said it, and the names exclude each other.";
    OtherSource "other_source" Speaker
        "The draft gives the words to one source; another source holds them.";
    OtherRole "other_role" Role
        "The draft gives the speaker an office that excludes the one in the source.";
    NegationChanged "negation_changed" Negation
        "A negation was added to the quotation or removed from it.";
    EllipsisNegation "ellipsis_negation" Negation
        "An ellipsis leaves out hardly more than a negation, or the quotation is cut off right behind one, so that the rest says the opposite.";
    BracketNegation "bracket_negation" Negation
        "Square brackets add a negation or replace one.";
    NumberUnsupported "number_unsupported" Unsupported
        "No source holds this number for anything the sentence speaks of. Rounded numbers (about 80,000 for 79,860), numbers \
         in words, and sums and shares of numbers in one sentence of a source count as supported.";
    DateUnsupported "date_unsupported" Unsupported
        "No source holds this day, month or year, neither in words nor as a day relative to its own date.";
    NameUnsupported "name_unsupported" Unsupported
        "No source holds this name of a person, place or organisation.";
    CitationUnsupported "citation_unsupported" Unsupported
        "The source that the sentence cites never names its subject, or does not have one of its figures, or shares hardly a word \
         with it, while another source does. Cite the other source.";
    NumberContradicted "number_contradicted" Contradicted
        "A sentence of a source in nearly the same words has another number.";
    DateContradicted "date_contradicted" Contradicted
        "A sentence of a source in nearly the same words has another day, month or year.";
    NameContradicted "name_contradicted" Contradicted
        "A sentence of a source in nearly the same words has another name.";
    RoleContradicted "role_contradicted" Contradicted
        "The sources give this office to another person than the draft does.";
    Exchanged "exchanged" Contradicted
        "Two names have changed places: the source says that the second did it, or that it was done to the first.";
    NegationContradicted "negation_contradicted" Contradicted
        "A sentence of a source in nearly the same words has a negation where the draft has none, or the reverse.";
    TenseContradicted "tense_contradicted" Contradicted
        "The draft reports as done what the sources only announce.";
    QuantityContradicted "quantity_contradicted" Contradicted
        "The draft says all, every or none; the source says it of a part.";
    AttributionContradicted "attribution_contradicted" Contradicted
        "The draft gives a statement in its own words to one source; the sources give it to another.";
    ChangedSource "changed_source" ChangedSource
        "The text of the article is not the one that the briefing was made from: the source has changed, or another version of the \
         program reads it otherwise. Excerpts are compared all the same. \
         Pass --allow-changed if the new text is expected.";
    Bracket "bracket" Bracket
        "Square brackets replace words of the source; the report names them.";
    Ellipsis "ellipsis" Ellipsis
        "An ellipsis leaves out a negation, or words across a paragraph or far apart; the report names them.";
    SpeakerUnclear "speaker_unclear" Attribution
        "The draft names a speaker whom the source does not name; whether it is right cannot be told. No fault: the source may \
         call the speaker by a title, a group or a pronoun.";
    RoleUnclear "role_unclear" Attribution
        "The draft gives the speaker an office that no source mentions.";
    VerbDiffers "verb_differs" Attribution
        "The draft says that the words were denied or joked or put as a question; the source only says that they were said.";
    OwnWords "own_words" Attribution
        "A few words in quotation marks that no source holds and nobody is said to have said: a title, a term, or words held at arm's length.";
    NotLookedAt "not_looked_at" Attribution
        "A part of the draft that was not compared with the sources, such as a listing of code.";
    ClaimUnclear "claim_unclear" Unclear
        "A source has the number, date or name, but in no sentence that is near the draft's in words, or a nearer sentence has another \
         one in its place. No fault: the draft may say it in other words. Compare the sentence that the report shows.";
    NoQuotation "no_quotation" NoQuotation
        "No quotation was found in the draft, so none was checked. Pass --claims to check its numbers, dates and names.";
}

impl Code {
    /// Returns the code with the given name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_found_by_its_name_and_explained() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.name()), Some(*code));
            assert!(code.explanation().ends_with('.'), "{code}");
        }
    }
}

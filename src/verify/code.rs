//! The rules of a check: their codes, kinds and explanations.

use std::fmt;

use serde::{Serialize, Serializer};

/// The kinds of findings. Findings of the first nine kinds fail the check; the others are notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The words, or a field of a briefing, differ from the source.
    #[default]
    Altered,
    /// The words come from separate places that do not belong together.
    Spliced,
    /// No source contains the words, or they could not be compared with one.
    NotFound,
    /// The source attributes the words to another person, or another source contains them.
    Speaker,
    /// The source gives the speaker another office.
    Role,
    /// A negation was added or removed.
    Negation,
    /// No source supports a number, date or name outside quotation marks, or only a source other than the cited one
    /// supports the sentence.
    Unsupported,
    /// A source contradicts the claim.
    Contradicted,
    /// The text of a source has changed since the briefing was made.
    ChangedSource,
    /// Square brackets replace words of the source.
    Bracket,
    /// An ellipsis leaves out a negation, or joins passages that are far apart.
    Ellipsis,
    /// The speaker, the office or the way in which the words were said cannot be verified; a few words in quotation
    /// marks may be a title or a term; or a part of the draft was not compared with the sources.
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

/// Declares the codes, each as variant, name, kind and explanation.
macro_rules! codes {
    ($($variant:ident $name:literal $kind:ident $explanation:literal;)*) => {
        /// The rules of a check. Each finding has the code of the rule that made it.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { #[default] $(#[doc = $explanation] $variant,)* }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the name of the code, as used in JSON and with `--explain`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the kind of the rule's findings.
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
        "A source contains the quotation in other words. Upper and lower case, punctuation, spelling with or without a hyphen \
         and words in square brackets do not count. Copy the words of the source, or mark the change with square brackets or an \
         ellipsis.";
    NumberChanged "number_changed" Altered
        "The quotation has a different number than the source.";
    BracketFact "bracket_fact" Altered
        "Square brackets replace a number, a date, a name or a negation of the source with something else. Brackets may explain \
         what was said, such as `[Mayor Jonas Field]` for 'he', but they must not change a fact.";
    EllipsisEmpty "ellipsis_empty" Altered
        "An ellipsis says that words were left out or that the speaker paused, but in the source the words before and after it follow \
         each other without any pause. The quotation may have been written from memory or copied from another text. Remove the ellipsis.";
    ExcerptText "excerpt_text" Altered
        "The text of an excerpt of a briefing differs from the article at its range.";
    ExcerptBounds "excerpt_bounds" Altered
        "An excerpt does not begin and end at the bounds of a sentence.";
    QuoteBounds "quote_bounds" Altered
        "A quote of a briefing is not exactly the text inside the quotation marks of its article.";
    Headline "headline" Altered
        "A headline is not the title of its article.";
    Metadata "metadata" Altered
        "The list of articles gives a different title, outlet, author, date or address than the article.";
    Derived "derived" Altered
        "A field of a briefing that is derived from its articles (such as the words, the outlets, the witnesses and the dates) has a different value.";
    Spliced "spliced" Spliced
        "The words come from separate passages and were joined as if they had been said together, or they are in a different order \
         than in the source. Quote each part separately.";
    SplicedSpeakers "spliced_speakers" Spliced
        "The parts of one quotation were said by different people.";
    Fabricated "fabricated" NotFound
        "No source contains these words or anything close to them.";
    DraftFormat "draft_format" NotFound
        "The library was built without the crate feature that reads drafts of this format, so nothing was compared. The message \
         names the feature.";
    NoArticle "no_article" NotFound
        "An article that a briefing names is not among the inputs, or not among the sources of the story.";
    Range "range" NotFound
        "The range of an excerpt is outside the text of its article.";
    OtherSpeaker "other_speaker" Speaker
        "The draft and the source both name the speaker, and the two names cannot belong to one person.";
    OtherSource "other_source" Speaker
        "The draft attributes the words to one source, but another source contains them.";
    OtherRole "other_role" Role
        "The draft gives the speaker an office that cannot be held together with the one in the source.";
    NegationChanged "negation_changed" Negation
        "A negation was added to the quotation or removed from it.";
    EllipsisNegation "ellipsis_negation" Negation
        "An ellipsis leaves out little more than a negation, or the quotation starts directly after one, so that it says the opposite.";
    BracketNegation "bracket_negation" Negation
        "Square brackets add a negation or replace one.";
    NumberUnsupported "number_unsupported" Unsupported
        "No source gives this number for anything that the sentence is about. Rounded numbers (about 80,000 for 79,860), numbers \
         in words, and sums and shares of numbers in one sentence of a source count as supported.";
    DateUnsupported "date_unsupported" Unsupported
        "No source contains this day, month or year, either in words or relative to its own date.";
    NameUnsupported "name_unsupported" Unsupported
        "No source contains this name of a person, place or organization.";
    CitationUnsupported "citation_unsupported" Unsupported
        "The source that the sentence cites does not name its subject, lacks one of its figures, or has almost no words in common \
         with it, whereas another source does. Cite the other source.";
    NumberContradicted "number_contradicted" Contradicted
        "A sentence of a source in nearly the same words has a different number.";
    DateContradicted "date_contradicted" Contradicted
        "A sentence of a source in nearly the same words has a different day, month or year.";
    NameContradicted "name_contradicted" Contradicted
        "A sentence of a source in nearly the same words has a different name.";
    RoleContradicted "role_contradicted" Contradicted
        "The sources give this office to a different person than the draft.";
    Exchanged "exchanged" Contradicted
        "Two names are swapped: according to the source, the second did it, or it was done to the first.";
    NegationContradicted "negation_contradicted" Contradicted
        "A sentence of a source in nearly the same words has a negation and the draft has none, or vice versa.";
    TenseContradicted "tense_contradicted" Contradicted
        "The draft reports as done what the sources only announce.";
    QuantityContradicted "quantity_contradicted" Contradicted
        "The draft says all, every or none, but the source says so only of a part.";
    AttributionContradicted "attribution_contradicted" Contradicted
        "The draft attributes a statement in its own words to one person or outlet, and the sources attribute it to another.";
    ChangedSource "changed_source" ChangedSource
        "The text of the article is not the one from which the briefing was made: the source has changed, or another version of the \
         program reads it differently. Excerpts are compared nevertheless. \
         Pass --allow-changed if the new text is expected.";
    Bracket "bracket" Bracket
        "Square brackets replace words of the source; the report names them.";
    Ellipsis "ellipsis" Ellipsis
        "An ellipsis leaves out a negation, or words across a paragraph or far apart; the report names them.";
    SpeakerUnclear "speaker_unclear" Attribution
        "The draft names a speaker whom the source does not name; whether that is right cannot be determined. This is not a \
         fault, because the source may refer to the speaker by a title, a group or a pronoun.";
    RoleUnclear "role_unclear" Attribution
        "The draft gives the speaker an office that no source mentions.";
    VerbDiffers "verb_differs" Attribution
        "The draft says that the words were a denial, a joke or a question; the source only says that they were said.";
    OwnWords "own_words" Attribution
        "A few words in quotation marks that no source contains and that are not attributed to anybody: a title, a term, or scare quotes.";
    NotLookedAt "not_looked_at" Attribution
        "A part of the draft that was not compared with the sources, such as a code listing.";
    ClaimUnclear "claim_unclear" Unclear
        "A source contains the number, date or name, but in no sentence similar to the draft's, or a more similar sentence has a \
         different one in its place. This is not a fault, because the draft may use other words. Compare the sentence in the report.";
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

//! Determines which elements of a page a browser does not display.
//!
//! An element is hidden by its attributes (`hidden`, a `dialog` without `open`), by its own `style`, or by a rule in
//! one of the page's `style` elements. The cascade is that of CSS 2.1, as far as saved pages need it: for each
//! property, the declaration with the highest specificity wins; among declarations of equal specificity, the last one
//! wins. The element's own style takes precedence over all rules, and `!important` over everything else. `aria-hidden`
//! does not hide anything from sighted readers and is ignored.
//!
//! Known limits: external style sheets are not read. Selectors with attributes, pseudo-classes or siblings are ignored,
//! and so are blocks of conditional rules other than `@media all` and `@media screen`. Colors are not compared, so
//! white text on a white background counts as visible.

use std::cmp::Reverse;

use dom_query::{Element, NodeRef};
use rustc_hash::FxHashMap;

use super::raw_metadata::attribute;

/// How an element is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It has no box, because of `display: none` or the attribute `hidden`.
    Display,
    /// It is a dialog that is not open. Scripts do not reveal articles by opening dialogs.
    Dialog,
    /// It has `visibility: hidden`, which a descendant can override.
    Visibility,
    /// It is transparent.
    Opacity,
    /// Its font size is zero, which a descendant can override.
    FontSize,
    /// Its box has no size or is clipped.
    Size,
    /// It is positioned off the screen.
    Place,
}

/// The visibility that an element has by its own attributes and by the page's rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Visibility {
    /// How the element is hidden, if it is.
    pub(super) hidden: Option<Way>,
    /// Whether the element is declared visible, which overrides an ancestor's `visibility: hidden`.
    pub(super) is_visible: bool,
    /// Whether the element has a font size of its own that is not zero, which overrides an ancestor's font size of
    /// zero.
    pub(super) has_font_size: bool,
}

/// The properties that can hide an element, as indices into a [`Style`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Property {
    Display,
    Visibility,
    Opacity,
    FontSize,
    /// A height or width of at most one pixel.
    Box,
    /// Overflowing content that is not shown.
    Overflow,
    /// An indent or margin that moves the text off the screen.
    Indent,
    /// An offset such as `left` that moves the box off the screen.
    Offset,
    /// A position that takes the box out of the flow.
    Position,
    Clip,
    /// A box that is clipped or scaled to nothing, whatever its position.
    ClipPath,
}

const N_PROPERTIES: usize = Property::ClipPath as usize + 1;

/// The declarations that take effect on an element: for each property, the rank of the declaration and whether its
/// value hides the element.
#[derive(Clone, Copy, Default)]
struct Style([Option<(Rank, bool)>; N_PROPERTIES]);

/// The rank of a declaration: whether it is important, its specificity, and its position in the page's style sheets.
type Rank = (bool, u32, usize);

/// The specificity of the element's own style, which is higher than that of any rule.
const INLINE: u32 = u32::MAX;

impl Style {
    fn set(&mut self, declaration: Declaration, specificity: u32, order: usize) {
        let rank = (declaration.is_important, specificity, order);
        let place = &mut self.0[declaration.property as usize];
        if place.is_none_or(|(other, _)| other <= rank) {
            *place = Some((rank, declaration.hides));
        }
    }

    fn is(&self, property: Property) -> bool {
        self.0[property as usize].is_some_and(|(_, hides)| hides)
    }

    fn shows(&self, property: Property) -> bool {
        self.0[property as usize].is_some_and(|(_, hides)| !hides)
    }

    fn way(&self) -> Option<Way> {
        use Property as P;
        [
            (self.is(P::Display), Way::Display),
            (self.is(P::Visibility), Way::Visibility),
            (self.is(P::Opacity), Way::Opacity),
            (self.is(P::FontSize), Way::FontSize),
            (self.is(P::Box) && self.is(P::Overflow), Way::Size),
            (self.is(P::Clip) && self.is(P::Position) || self.is(P::ClipPath), Way::Size),
            (self.is(P::Indent), Way::Place),
            (self.is(P::Offset) && self.is(P::Position), Way::Place),
        ]
        .iter()
        .find_map(|(applies, way)| applies.then_some(*way))
    }
}

/// A declaration of a property that can hide an element.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Declaration {
    property: Property,
    hides: bool,
    is_important: bool,
}

impl std::fmt::Debug for Property {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "property {}", *self as usize)
    }
}

/// The offset in pixels at or below which an element counts as off the screen.
const OFF_SCREEN: f32 = -900.0;

/// Parses the declarations that can hide an element: `display: none; opacity: 0 !important`.
fn declarations(text: &str) -> impl Iterator<Item = Declaration> + '_ {
    text.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let name = name.trim();
        if name.len() > 12 || value.len() > 200 {
            return None;
        }
        let value = value.trim().to_ascii_lowercase();
        let (value, is_important) = match value.split_once('!') {
            Some((value, note)) => (value.trim_end(), note.trim() == "important"),
            None => (&*value, false),
        };
        let (property, hides) = effect(&name.to_ascii_lowercase(), value)?;
        Some(Declaration { property, hides, is_important })
    })
}

/// Returns the property that a declaration affects, and whether its value hides the element; `None` if the declaration
/// does not affect visibility.
fn effect(name: &str, value: &str) -> Option<(Property, bool)> {
    use Property as P;
    let is_zero = || number(value).is_some_and(|n| n.abs() <= 0.01);
    Some(match name {
        "display" => (P::Display, value == "none"),
        "visibility" => (P::Visibility, matches!(value, "hidden" | "collapse")),
        "opacity" => (P::Opacity, is_zero()),
        "font-size" => (P::FontSize, is_zero()),
        "height" | "max-height" | "width" | "max-width" => {
            (P::Box, number(value).is_some_and(|n| n <= 1.0) && !value.ends_with('%') || is_zero())
        }
        "overflow" => (P::Overflow, value.contains("hidden") || value.contains("clip")),
        "left" | "right" | "top" | "bottom" => (P::Offset, is_far_away(value)),
        "text-indent" | "margin-left" | "margin-top" => (P::Indent, is_far_away(value)),
        "position" => (P::Position, matches!(value, "absolute" | "fixed")),
        "clip" => (
            P::Clip,
            value.starts_with("rect") && !value.contains(|c: char| ('2'..='9').contains(&c)),
        ),
        "clip-path" => (P::ClipPath, value.contains("inset(50%") || value.contains("inset(100%")),
        "transform" => (P::ClipPath, value.contains("scale(0)")),
        _ => return None,
    })
}

/// Returns the number that a value begins with: `-9999px`, `.5`.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | '.')));
    value.get(..end.unwrap_or(value.len()))?.parse().ok()
}

/// Returns whether a length is negative and moves an element off the screen: by at least 900 pixels or points, 90 em or
/// 90%.
fn is_far_away(value: &str) -> bool {
    let px = match value.trim_start_matches(|c: char| !c.is_ascii_alphabetic() && c != '%') {
        "px" | "pt" | "" => 1.0,
        _ => 10.0,
    };
    number(value).is_some_and(|n| n * px <= OFF_SCREEN)
}

/// A compound selector, which refers to a single element: `p.note#x`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Compound {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
}

impl Compound {
    fn parse(text: &str) -> Option<Self> {
        let mut compound = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let mark = rest.bytes().next().filter(|b| matches!(b, b'.' | b'#'));
            let name = if mark.is_some() { rest.get(1..)? } else { rest };
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
            let (word, after) = name.split_at(end);
            if word.is_empty() {
                return None;
            }
            match mark {
                Some(b'.') => compound.classes.push(word.to_owned()),
                Some(_) => compound.id = Some(word.to_owned()),
                None => compound.tag = Some(word.to_ascii_lowercase()),
            }
            rest = after;
        }
        Some(compound)
    }

    fn specificity(&self) -> u32 {
        let ids = u32::from(self.id.is_some()) << 16;
        ids + ((self.classes.len() as u32) << 8) + u32::from(self.tag.is_some())
    }

    fn matches(&self, element: &Element) -> bool {
        self.tag.as_deref().is_none_or(|tag| tag == &*element.name.local)
            && self.id.as_deref().is_none_or(|id| attribute(element, "id") == Some(id))
            && (self.classes.is_empty()
                || attribute(element, "class").is_some_and(|names| {
                    let has = |c: &String| names.split_ascii_whitespace().any(|name| name == c);
                    self.classes.iter().all(has)
                }))
    }
}

/// A rule: its selector, from the innermost element outward, and its declarations.
#[derive(Clone, Debug)]
struct Rule {
    element: Compound,
    /// The enclosing elements that the selector requires, nearest first, and whether each must be the direct parent.
    around: Vec<(Compound, bool)>,
    specificity: u32,
    declarations: Vec<Declaration>,
}

impl Rule {
    /// Parses a selector. Returns `None` if it uses anything but tag names, classes and ids, if it names too many
    /// enclosing elements, or if it applies only without scripts.
    fn parse(selector: &str, declarations: &[Declaration]) -> Option<Self> {
        let spaced = selector.replace('>', " > ");
        let mut parts = spaced.split_whitespace().rev();
        let element = Compound::parse(parts.next()?)?;
        let (mut around, mut is_parent) = (Vec::new(), false);
        for part in parts {
            if part == ">" {
                is_parent = true;
                continue;
            }
            around.push((Compound::parse(part)?, is_parent));
            is_parent = false;
        }
        // Scripts remove these classes, so browsers that run scripts do not apply such a rule.
        let is_scriptless =
            |c: &Compound| c.classes.iter().any(|c| matches!(&**c, "no-js" | "nojs"));
        if around.iter().any(|(c, _)| is_scriptless(c)) || around.len() > MAX_AROUND {
            return None;
        }
        let outer: u32 = around.iter().map(|(c, _)| c.specificity()).sum();
        let specificity = element.specificity() + outer;
        Some(Self { element, around, specificity, declarations: declarations.to_vec() })
    }

    fn matches(&self, node: &NodeRef<'_>, element: &Element) -> bool {
        if !self.element.matches(element) {
            return false;
        }
        let mut at = node.parent();
        for (wanted, is_parent) in &self.around {
            let fits = |node: &NodeRef<'_>| {
                node.element_ref().is_some_and(|element| wanted.matches(&element))
            };
            while !is_parent && at.as_ref().is_some_and(|node| !fits(node)) {
                at = at.and_then(|node| node.parent());
            }
            match at {
                Some(node) if fits(&node) => at = node.parent(),
                _ => return false,
            }
        }
        true
    }
}

/// The maximum number of enclosing elements in a selector.
const MAX_AROUND: usize = 6;

/// The maximum number of rules of a page. Real pages stay below this limit and the next two, but a hostile page could
/// take very long without them.
const MAX_RULES: usize = 4_000;
/// The maximum number of rules that require the same id, class or tag.
const MAX_RULES_OF_KEY: usize = 40;
/// The maximum number of bytes in a style sheet.
const MAX_BYTES: usize = 1 << 20;

/// The rules of a page that can hide elements, indexed by the id, class or tag that they require. The index is looked
/// up, never iterated.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    by_key: FxHashMap<String, Vec<usize>>,
}

impl Sheet {
    /// Adds the rules of one `style` element.
    pub(super) fn add(&mut self, css: &str) {
        let css = crate::read::beginning(css, MAX_BYTES);
        // Most sheets do not affect visibility and need not be parsed.
        if !HIDING
            .iter()
            .any(|word| memchr::memmem::find(css.as_bytes(), word.as_bytes()).is_some())
        {
            return;
        }
        let css = without_comments(css);
        let mut rest = &*css;
        while let Some((prelude, after)) = rest.split_once('{') {
            let prelude = prelude.rsplit([';', '}']).next().unwrap_or("").trim();
            if prelude.starts_with('@') {
                rest = if is_for_screen(prelude) { after } else { after_block(after) };
                continue;
            }
            let (body, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let declared: Vec<Declaration> = declarations(body).collect();
            if !declared.is_empty() {
                prelude.split(',').for_each(|selector| self.put(selector, &declared));
            }
        }
    }

    fn put(&mut self, selector: &str, declared: &[Declaration]) {
        if self.rules.len() >= MAX_RULES {
            return;
        }
        let Some(rule) = Rule::parse(selector.trim(), declared) else { return };
        let Compound { tag, id, classes } = &rule.element;
        let key = match (id, classes.first(), tag) {
            (Some(id), _, _) => format!("#{id}"),
            (None, Some(class), _) => format!(".{class}"),
            (None, None, Some(tag)) => tag.clone(),
            (None, None, None) => return,
        };
        let rules = self.by_key.entry(key).or_default();
        if rules.len() < MAX_RULES_OF_KEY {
            rules.push(self.rules.len());
            self.rules.push(rule);
        }
    }

    /// Returns the visibility that an element has by its own attributes and by the page's rules.
    pub(super) fn visibility(&self, node: &NodeRef<'_>, element: &Element) -> Visibility {
        let own = attribute(element, "style");
        let is_hidden = attribute(element, "hidden").is_some();
        let tag = &*element.name.local;
        if tag == "dialog" && attribute(element, "open").is_none() {
            return Visibility { hidden: Some(Way::Dialog), ..Visibility::default() };
        }
        if own.is_none() && !is_hidden && self.rules.is_empty() {
            return Visibility::default();
        }
        let mut style = Style::default();
        if is_hidden {
            let hides =
                Declaration { property: Property::Display, hides: true, is_important: false };
            style.set(hides, 0, 0);
        }
        if !self.rules.is_empty() {
            self.apply(node, element, &mut style);
        }
        let own = own.map(|own| crate::read::beginning(own, 1000));
        own.into_iter().flat_map(declarations).for_each(|d| style.set(d, INLINE, 0));
        Visibility {
            hidden: style.way(),
            is_visible: style.shows(Property::Visibility),
            has_font_size: style.shows(Property::FontSize),
        }
    }

    fn apply(&self, node: &NodeRef<'_>, element: &Element, style: &mut Style) {
        let of_key = |key: &str| self.by_key.get(key).into_iter().flatten().copied();
        let mut keys: Vec<usize> = of_key(&element.name.local).collect();
        if let Some(id) = attribute(element, "id") {
            keys.extend(of_key(&format!("#{id}")));
        }
        for class in attribute(element, "class").unwrap_or("").split_ascii_whitespace().take(32) {
            keys.extend(of_key(&format!(".{class}")));
        }
        keys.sort_unstable_by_key(|key| Reverse(*key));
        keys.dedup();
        for order in keys {
            let rule = &self.rules[order];
            if rule.matches(node, element) {
                for declaration in &rule.declarations {
                    // Specificity 0 is that of the browser's own style sheet.
                    style.set(*declaration, rule.specificity + 1, order);
                }
            }
        }
    }
}

/// A sheet that contains none of these words is assumed to hide nothing.
const HIDING: &[&str] = &["display", "hidden", "opacity", "font-size", "-9", "clip", "scale(0"];

/// Returns whether the rules in a conditional block apply on every screen.
fn is_for_screen(prelude: &str) -> bool {
    let lower = prelude.to_ascii_lowercase();
    let condition = lower.strip_prefix("@media").map(str::trim);
    condition.is_some_and(|c| matches!(c, "" | "all" | "screen" | "only screen"))
        || lower.starts_with("@layer")
}

/// Returns the text after the end of the block in which `text` begins.
fn after_block(text: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or("");
        }
    }
    ""
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::{Sheet, Way};

    fn way(css: &str, html: &str) -> Option<Way> {
        let mut sheet = Sheet::default();
        sheet.add(css);
        let document = Document::from(html);
        let found = document.select_single("#x");
        let node = found.nodes().first().copied()?;
        let element = node.element_ref()?;
        sheet.visibility(&node, &element).hidden
    }

    #[test]
    fn an_element_hides_itself() {
        for (html, expected) in [
            ("<p id=x>", None),
            ("<p id=x hidden>", Some(Way::Display)),
            ("<p id=x hidden='until-found'>", Some(Way::Display)),
            ("<p id=x aria-hidden=true>", None),
            ("<dialog id=x>", Some(Way::Dialog)),
            ("<dialog id=x open>", None),
            ("<p id=x style='color:red; DISPLAY : None !important'>", Some(Way::Display)),
            ("<p id=x style='visibility:hidden'>", Some(Way::Visibility)),
            ("<p id=x style='opacity:.0'>", Some(Way::Opacity)),
            ("<p id=x style='opacity:.5'>", None),
            ("<p id=x style='font-size:0px'>", Some(Way::FontSize)),
            ("<p id=x style='font-size:0.9em'>", None),
            ("<p id=x style='height:0;overflow:hidden'>", Some(Way::Size)),
            ("<p id=x style='height:0'>", None),
            ("<p id=x style='position:absolute;left:-9999px'>", Some(Way::Place)),
            ("<p id=x style='left:-9999px'>", None),
            ("<p id=x style='position:fixed;top:-200em'>", Some(Way::Place)),
            ("<p id=x style='text-indent:-100em'>", Some(Way::Place)),
            ("<p id=x style='text-indent:-1em'>", None),
            ("<p id=x style='position:absolute;clip:rect(0 0 0 0)'>", Some(Way::Size)),
            ("<p id=x style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>", Some(Way::Size)),
            ("<p id=x style='clip-path:inset(50%)'>", Some(Way::Size)),
        ] {
            assert_eq!(way("", html), expected, "{html}");
        }
    }

    #[test]
    fn rules_of_the_page_hide() {
        for (css, expected) in [
            (".a { display: none }", Some(Way::Display)),
            ("p.a, .z{display:none}", Some(Way::Display)),
            ("div .a{display:none}", Some(Way::Display)),
            ("div > .a{display:none}", Some(Way::Display)),
            ("section .a{display:none}", None),
            ("section > .a{display:none}", None),
            (".a:hover{display:none}", None),
            (".b{display:none}", None),
            ("/* .a{} */ #x{opacity:0}", Some(Way::Opacity)),
            ("#x{display:block} .a{display:none}", None),
            ("#x{display:block} .a{display:none!important}", Some(Way::Display)),
            (".a{display:none} .a{display:block}", None),
            ("@media print{.a{display:none}}", None),
            (
                "@media (max-width: 600px){.a{display:none}} .a{visibility:hidden}",
                Some(Way::Visibility),
            ),
            ("@media screen{.a{display:none}}", Some(Way::Display)),
            ("@import 'x'; .a{display:none}", Some(Way::Display)),
            (".no-js .a{display:none}", None),
            (".a{display:none", Some(Way::Display)),
        ] {
            assert_eq!(way(css, "<div class=no-js><p id=x class='c a'>"), expected, "{css}");
        }
        assert_eq!(way(".a{display:none}", "<p id=x class=a style=display:block>"), None);
        assert_eq!(way("p{display:block}", "<p id=x hidden>"), None);
    }
}

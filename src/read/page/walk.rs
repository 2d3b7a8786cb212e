//! Walks over the tree once, in document order, for two visitors.
//!
//! The walk follows the pointers between nodes, so it does not recurse, however deep the tree is.

use dom_query::{Document, Element, NodeRef};

use super::class_hints::Hints;

/// A node that the walk has reached.
pub(super) struct Place<'p, 'd> {
    pub(super) node: NodeRef<'d>,
    /// The element, if the node is one.
    pub(super) element: Option<&'p Element>,
    /// The hints in the element's tag, role, classes and id.
    pub(super) hints: Hints,
}

/// The callbacks of a walk.
pub(super) trait Visitor {
    /// Called for each node; returns whether to visit its children as well.
    fn enter(&mut self, place: &Place<'_, '_>) -> bool;

    /// Called after a node and its children, if [`Visitor::enter`] returned `true` for the node.
    fn leave(&mut self);
}

/// A visitor that ignores everything.
impl Visitor for () {
    fn enter(&mut self, _: &Place<'_, '_>) -> bool {
        false
    }

    fn leave(&mut self) {}
}

/// Walks over a tree once with two visitors, each of which may skip the children of a node independently.
pub(super) fn walk(document: &Document, first: &mut impl Visitor, second: &mut impl Visitor) {
    let (mut first, mut second) = (Guided::new(first), Guided::new(second));
    let root = document.root();
    let mut depth = 0;
    let mut next = root.first_child();
    while let Some(node) = next {
        let element = node.element_ref();
        let element = element.as_deref();
        let hints = element.map_or(Hints::default(), Hints::from_node);
        let place = Place { node, element, hints };
        let (by_first, by_second) = (first.enter(&place, depth), second.enter(&place, depth));
        if (by_first || by_second)
            && let Some(child) = node.first_child()
        {
            next = Some(child);
            depth += 1;
            continue;
        }
        let mut at = node;
        next = loop {
            first.leave(depth);
            second.leave(depth);
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            match at.parent() {
                Some(parent) if parent.id != root.id => at = parent,
                _ => break None,
            }
            depth -= 1;
        };
    }
}

/// A visitor, and the depth of the node whose children it skips, if any.
struct Guided<'v, V> {
    visitor: &'v mut V,
    closed: Option<usize>,
}

impl<'v, V: Visitor> Guided<'v, V> {
    fn new(visitor: &'v mut V) -> Self {
        Self { visitor, closed: None }
    }

    fn enter(&mut self, place: &Place<'_, '_>, depth: usize) -> bool {
        if self.closed.is_some() {
            return false;
        }
        let goes_on = self.visitor.enter(place);
        self.closed = (!goes_on).then_some(depth);
        goes_on
    }

    fn leave(&mut self, depth: usize) {
        match self.closed {
            None => self.visitor.leave(),
            Some(at) if at == depth => self.closed = None,
            Some(_) => {}
        }
    }
}

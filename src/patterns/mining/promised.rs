//! What the incidents of a pattern promised, what is still open, and which kind of action nobody promised.
//!
//! A gap is only claimed of what is written down: of actions that say which kind they are. Where most do not say,
//! nothing is missing that anybody could know of. Owners are not looked at.

use std::cmp::Reverse;

use crate::model::{Action, ActionKind, ActionStatus, Horizon};
use crate::patterns::Collection;

/// Fewer actions that state a kind or a horizon show no gap.
const ENOUGH: usize = 3;

/// What the incidents of a pattern promised.
#[derive(Debug)]
pub(crate) struct Promised {
    /// How many actions have each status, in the order of [`ActionStatus::ALL`].
    pub(crate) by_status: [usize; 5],
    /// Actions that are known to be open, the soonest due first: the report's place and the action's in it.
    pub(crate) open: Vec<(usize, usize)>,
    /// How many actions of each kind for each horizon, in the order of their names; what was rejected is
    /// no promise.
    pub(crate) grid: [[usize; 3]; 3],
    /// How many actions state their kind, and their horizon.
    pub(crate) kinds: [usize; 3],
    pub(crate) horizons: [usize; 3],
    /// How many actions were promised, without those that were rejected.
    pub(crate) promised: usize,
}

/// What nobody promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    Kind(ActionKind),
    Horizon(Horizon),
}

impl Promised {
    pub(super) fn of(places: &[usize], collection: &Collection<'_>) -> Self {
        let mut promised = Self {
            by_status: [0; 5],
            open: Vec::new(),
            grid: [[0; 3]; 3],
            kinds: [0; 3],
            horizons: [0; 3],
            promised: 0,
        };
        for &place in places {
            for (at, action) in collection.reports[place].incident.actions.iter().enumerate() {
                promised.add(action, place, at);
            }
        }
        let due = |(place, at): &(usize, usize)| action(collection, (*place, *at)).due;
        promised.open.sort_by_key(|open| (due(open).is_none(), due(open), Reverse(open.0), open.1));
        promised
    }

    fn add(&mut self, action: &Action, place: usize, at: usize) {
        let status = ActionStatus::ALL.iter().position(|status| *status == action.status);
        if let Some(status) = status {
            self.by_status[status] += 1;
        }
        if action.is_open() {
            self.open.push((place, at));
        }
        if action.status == ActionStatus::WontDo {
            return;
        }
        self.promised += 1;
        let kind = action.kind.and_then(|kind| ActionKind::ALL.iter().position(|k| *k == kind));
        let horizon = action.horizon.and_then(|h| Horizon::ALL.iter().position(|o| *o == h));
        if let Some(kind) = kind {
            self.kinds[kind] += 1;
        }
        if let Some(horizon) = horizon {
            self.horizons[horizon] += 1;
        }
        if let Some((kind, horizon)) = kind.zip(horizon) {
            self.grid[kind][horizon] += 1;
        }
    }

    /// How many have a status.
    pub(crate) fn count(&self, status: ActionStatus) -> usize {
        let at = ActionStatus::ALL.iter().position(|other| *other == status);
        at.map_or(0, |at| self.by_status[at])
    }

    /// How many actions there are, whatever became of them.
    pub(crate) fn total(&self) -> usize {
        self.by_status.iter().sum()
    }

    /// How many state their kind.
    pub(crate) fn with_kind(&self) -> usize {
        self.kinds.iter().sum()
    }

    /// How many state their horizon.
    pub(crate) fn with_horizon(&self) -> usize {
        self.horizons.iter().sum()
    }

    /// Whether most actions state their kind.
    pub(crate) fn says_kinds(&self) -> bool {
        self.with_kind() * 2 > self.promised
    }

    /// What nobody promised, where most actions say what they are. With the number of those that say.
    pub(crate) fn gaps(&self) -> Vec<(Gap, usize)> {
        let says_enough = |stated: usize| stated >= ENOUGH && stated * 2 > self.promised;
        let kinds = ActionKind::ALL.iter().zip(self.kinds);
        let kinds = kinds
            .filter(|(_, count)| *count == 0 && says_enough(self.with_kind()))
            .map(|(kind, _)| (Gap::Kind(*kind), self.with_kind()));
        let horizons = Horizon::ALL.iter().zip(self.horizons);
        let horizons = horizons
            .filter(|(_, count)| *count == 0 && says_enough(self.with_horizon()))
            // Between short and long is no gap: many practices know only two.
            .filter(|(horizon, _)| **horizon != Horizon::Mid)
            .map(|(horizon, _)| (Gap::Horizon(*horizon), self.with_horizon()));
        kinds.chain(horizons).collect()
    }
}

/// An action by the place of its report and its own in it.
pub(crate) fn action<'c>(collection: &Collection<'c>, (place, at): (usize, usize)) -> &'c Action {
    let report: &'c crate::parse::Report = collection.reports[place];
    &report.incident.actions[at]
}

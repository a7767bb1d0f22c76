//! Attributes that need not be read again: those of an object whose members are, as far as they rest on them, its neighbour's.

use std::cell::RefCell;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use crate::facts::api::{Api, Field, ORIGINS, Object, Told};
use crate::facts::memo::Uses;
use crate::model::Unknown;
use crate::source::aws::{Member, RECORDER};
use crate::source::terraform::{Attributes, Slot};

/// The objects that others are compared with, by the table of their attributes.
#[derive(Default)]
pub(crate) struct ObjectMemo {
    models: FxHashMap<usize, Models>,
}

/// The last objects of one kind. INVARIANT: what was near last stands last.
#[derive(Default)]
struct Models {
    models: Vec<Model>,
    /// How many were made, and how many objects were near one.
    made: usize,
    met: usize,
}

/// An object with its attributes.
struct Model {
    /// Its members by name, as they stood in the text.
    members: Vec<(CompactString, Box<str>)>,
    /// The attributes that were read of a member, by their position in `cells`.
    of_member: FxHashMap<CompactString, Vec<u16>>,
    /// By name.
    cells: Vec<Cell>,
    /// The cells that are given, and where each cell stands among these.
    given: Vec<Slot>,
    places: Vec<Option<u32>>,
    /// The cells of which is known why they are not.
    untold: Vec<(&'static str, Unknown)>,
    /// By cell, what became of it when one member was not the model's.
    variants: Vec<Variants>,
}

/// What became of an attribute when one member was not the model's, by the text of that.
#[derive(Default)]
struct Variants {
    by_text: FxHashMap<Box<str>, Variant>,
    uses: Uses,
}

/// An attribute of an object that differs from its model in one of the members that it was read of.
struct Variant {
    /// What else it was read of, which has to be the model's.
    others: Vec<CompactString>,
    state: State,
}

/// One attribute of a model.
struct Cell {
    name: &'static str,
    /// How it is read; `None` for one that no object tells.
    field: Option<&'static Field>,
    state: State,
}

#[derive(Clone)]
enum State {
    Given(Slot),
    Untold(Unknown),
    Absent,
}

impl ObjectMemo {
    /// How many models there are of a kind at most.
    const MODELS: usize = 8;
    /// A model from which no more members differ than these is as good as any.
    const NEAR: usize = 12;
    /// An object from whose nearest model more members differ becomes a model.
    const FAR: usize = 24;

    /// The attributes of an object.
    pub(crate) fn attributes(&mut self, api: &'static Api, object: &Object<'_>) -> Attributes {
        let members = object.members().filter(|members| !members.iter().any(|member| member.name == RECORDER));
        let Some(members) = members else { return api.attributes(object, Vec::new()) };
        let Models { models, made, met } = self.models.entry(std::ptr::from_ref(api).addr()).or_default();
        if let Some((model, differing)) = nearest(models, members) {
            *met += 1;
            return model.attributes(api, object, &differing);
        }
        // Objects that have nothing in common are not worth a model each.
        if *made >= Self::MODELS + *met / Self::MODELS {
            return api.attributes(object, Vec::new());
        }
        let mut model = Model::of(api, object, members);
        let attributes = model.attributes(api, object, &[]);
        if models.len() >= Self::MODELS {
            models.remove(0);
        }
        models.push(model);
        *made += 1;
        attributes
    }
}

/// The model from which the fewest members of an object differ, and their names, unless many do.
fn nearest<'m, 'o>(models: &'m mut [Model], members: &'o [Member<'o>]) -> Option<(&'m mut Model, Vec<&'o Member<'o>>)> {
    let mut best: Option<(usize, Vec<&Member<'_>>)> = None;
    for (position, model) in models.iter().enumerate().rev() {
        let most = best.as_ref().map_or(ObjectMemo::FAR, |(_, least)| least.len());
        let Some(differing) = model.differ(members, most) else { continue };
        let is_near = differing.len() <= ObjectMemo::NEAR;
        if best.as_ref().is_none_or(|(_, least)| differing.len() < least.len()) {
            best = Some((position, differing));
        }
        if is_near {
            break;
        }
    }
    let (position, differing) = best?;
    let last = models.len().checked_sub(1)?;
    models.swap(position, last);
    models.last_mut().map(|model| (model, differing))
}

impl Model {
    fn of(api: &'static Api, object: &Object<'_>, members: &[Member<'_>]) -> Self {
        let mut cells: Vec<Cell> = ORIGINS
            .iter()
            .map(|origin| Cell { name: origin, field: None, state: State::Given(Slot::given(origin, Json::Null)) })
            .chain(api.fields.iter().map(|field| Cell {
                name: field.attribute,
                field: Some(field),
                state: State::Absent,
            }))
            .collect();
        cells.sort_by_key(|cell| cell.name);
        let mut of_member: FxHashMap<CompactString, Vec<u16>> = FxHashMap::default();
        for (position, cell) in (0u16..).zip(&mut cells) {
            let Some(field) = cell.field else { continue };
            let (state, names) = noted(field, object);
            cell.state = state;
            for name in names {
                let fields = of_member.entry(name).or_default();
                if fields.last() != Some(&position) {
                    fields.push(position);
                }
            }
        }
        let members = members.iter().map(|member| (member.name.into(), member.raw.into())).collect();
        let variants = cells.iter().map(|_| Variants::default()).collect();
        let (mut given, mut places) = (Vec::new(), Vec::new());
        for cell in &cells {
            let slot = cell.state.given();
            places.push(slot.map(|_| given.len() as u32));
            given.extend(slot.cloned());
        }
        let untold = cells.iter().filter_map(|cell| Some((cell.name, cell.state.untold()?.clone()))).collect();
        Self { members, of_member, cells, given, places, untold, variants }
    }

    /// The members that an object has not in the same way; `None` when there are more than `most`.
    fn differ<'o>(&self, members: &'o [Member<'o>], most: usize) -> Option<Vec<&'o Member<'o>>> {
        // The names of a kind of object are mostly the same; where one has others, all of them are compared.
        if self.members.len() != members.len() {
            return None;
        }
        let mut differing = Vec::with_capacity(most);
        for ((name, raw), member) in self.members.iter().zip(members) {
            if name != member.name {
                return None;
            }
            if **raw != *member.raw {
                if differing.len() == most {
                    return None;
                }
                differing.push(member);
            }
        }
        Some(differing)
    }

    /// The attributes of an object that differs from the model in some members.
    fn attributes(&mut self, api: &Api, object: &Object<'_>, differing: &[&Member<'_>]) -> Attributes {
        let mut due: Vec<(u16, usize)> = Vec::with_capacity(2 * differing.len());
        for (cause, member) in differing.iter().enumerate() {
            due.extend(self.of_member.get(member.name).into_iter().flatten().map(|cell| (*cell, cause)));
        }
        due.sort_unstable();
        let mut given = self.given.clone();
        // Those of which something else is told than of the model's.
        let mut others: Vec<(u16, State)> = Vec::new();
        for of_cell in due.chunk_by(|(one, _), (next, _)| one == next) {
            let [(position, cause), more @ ..] = of_cell else { continue };
            let Some(state) = self.due(*position, more.is_empty().then_some(*cause), object, differing) else {
                continue;
            };
            let place = self.places.get(usize::from(*position)).copied().flatten();
            match (state, place.and_then(|place| given.get_mut(place as usize))) {
                (State::Given(slot), Some(same)) => *same = slot,
                (state, None) if state.untold() == self.untold_of(*position) && state.given().is_none() => {}
                (state, _) => others.push((*position, state)),
            }
        }
        self.observed(api, given, others)
    }

    fn untold_of(&self, position: u16) -> Option<&Unknown> {
        self.cells.get(usize::from(position))?.state.untold()
    }

    /// What becomes of a cell that is due, for one cause alone or for several.
    fn due(
        &mut self,
        position: u16,
        alone: Option<usize>,
        object: &Object<'_>,
        differing: &[&Member<'_>],
    ) -> Option<State> {
        let place = usize::from(position);
        let (field, variants) = (self.cells.get(place)?.field?, self.variants.get_mut(place)?);
        Some(match alone {
            Some(cause) => variant(variants, field, object, differing, cause),
            None => State::of(field, object),
        })
    }

    /// The attributes, given those that are the model's or take their place, and what is told of others.
    fn observed(&self, api: &Api, given: Vec<Slot>, others: Vec<(u16, State)>) -> Attributes {
        let state_of = |position: u16, cell: &Cell, given: &[Slot]| {
            let other = others.iter().find(|(other, _)| *other == position).map(|(_, state)| state.clone());
            let place = self.places.get(usize::from(position)).copied().flatten();
            let same = || place.and_then(|place| given.get(place as usize)).cloned().map(State::Given);
            other.or_else(same).unwrap_or_else(|| cell.state.clone())
        };
        if others.is_empty() {
            return Attributes::observed_sorted(given, self.untold.clone(), api.silence());
        }
        let (mut values, mut each) = (Vec::with_capacity(self.cells.len()), Vec::new());
        for (position, cell) in (0u16..).zip(&self.cells) {
            match state_of(position, cell, &given) {
                State::Given(slot) => values.push(slot),
                State::Untold(why) => each.push((cell.name, why)),
                State::Absent => {}
            }
        }
        Attributes::observed_sorted(values, each, api.silence())
    }
}

/// The attribute of an object of which one member that it is read of is not the model's.
fn variant(
    variants: &mut Variants,
    field: &'static Field,
    object: &Object<'_>,
    differing: &[&Member<'_>],
    cause: usize,
) -> State {
    let Some(member) = differing.get(cause) else { return State::of(field, object) };
    let are_models =
        |others: &[CompactString]| !others.iter().any(|other| differing.iter().any(|member| other == member.name));
    let Variants { by_text, uses } = variants;
    if let Some(variant) = by_text.get(member.raw).filter(|variant| are_models(&variant.others)) {
        uses.meet();
        return variant.state.clone();
    }
    if !uses.keeps() {
        return State::of(field, object);
    }
    let (state, mut others) = noted(field, object);
    others.retain(|other| other != member.name);
    if are_models(&others) {
        if uses.keep() {
            by_text.clear();
        }
        by_text.insert(member.raw.into(), Variant { others, state: state.clone() });
    }
    state
}

/// An attribute, and the names of the members that it was read of.
fn noted(field: &'static Field, object: &Object<'_>) -> (State, Vec<CompactString>) {
    let names = RefCell::new(Vec::<CompactString>::new());
    let state = State::of(field, &object.noting(&|name| names.borrow_mut().push(name.into())));
    (state, names.into_inner())
}

impl State {
    fn given(&self) -> Option<&Slot> {
        match self {
            Self::Given(slot) => Some(slot),
            Self::Untold(_) | Self::Absent => None,
        }
    }

    fn untold(&self) -> Option<&Unknown> {
        match self {
            Self::Untold(why) => Some(why),
            Self::Given(_) | Self::Absent => None,
        }
    }

    fn of(field: &'static Field, object: &Object<'_>) -> Self {
        match field.read(object) {
            Told::Value(value) => Self::Given(Slot::given(field.attribute, value)),
            Told::Off => Self::Given(Slot::given(field.attribute, Json::Null)),
            Told::Nothing(Some(why)) => Self::Untold(why),
            Told::Nothing(None) => Self::Absent,
        }
    }
}

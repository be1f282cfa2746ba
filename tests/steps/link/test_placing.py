"""Which place a name means in a document, and what its entity carries then."""

from __future__ import annotations

from evals.plain_documents import plain_document
from msgspec.structs import replace
from tests.steps.extract.scenery import places_of

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import Entity
from sayso.steps.extract.names import find_names
from sayso.steps.link.actors import Actors
from sayso.steps.link.entities import link_entities
from sayso.steps.link.gazetteer import gazetteer
from sayso.steps.link.placing import place_entities, setting_of

ACTORS = Actors.load([], builtin=True)


def placed(model: SpacyModel, text: str, uri: str = "text") -> tuple[Analysis, DocumentEntities]:
    document = replace(plain_document(text), uri=uri)
    analysis = Analysis(document, model.parse(text, document.zones).parses)
    names = link_entities(analysis, find_names(analysis, ACTORS), ACTORS, made_by="test")
    found = place_entities(analysis, names, ACTORS, made_by="test")
    for mention in found.mentions:
        assert mention.span.cut(text) == mention.quote
        assert mention.entity in found.entities
    return analysis, found


def entity(found: DocumentEntities, quote: str) -> Entity:
    return found.entity_of(next(m for m in found.mentions if m.quote.startswith(quote)))


def test_a_container_beside_the_name_decides(model: SpacyModel) -> None:
    _, found = placed(model, "A man was killed in Paris, Texas, on Monday.")
    paris = entity(found, "Paris")
    assert paris.longitude is not None
    assert paris.longitude < -90
    assert paris.precision == "city"


def test_without_one_the_known_place_stands(model: SpacyModel) -> None:
    _, found = placed(model, "A man was killed in Paris on Monday.")
    assert entity(found, "Paris").identifiers["geonames"] == "2988507"


def test_badakhshan_of_tajikistan(model: SpacyModel) -> None:
    _, found = placed(model, "Fighters crossed into Badakhshan in Tajikistan on Monday.")
    assert entity(found, "Badakhshan").identifiers["geonames"] == "1221692"
    _, found = placed(model, "Fighters attacked a post in Badakhshan in Afghanistan on Monday.")
    assert entity(found, "Badakhshan").identifiers["geonames"] == "1147745"


def test_other_places_of_the_text_decide(model: SpacyModel) -> None:
    text = "Police in Springfield, Chicopee and Amherst said roads in Massachusetts were closed."
    _, found = placed(model, text)
    springfield = entity(found, "Springfield")
    assert springfield.latitude is not None
    assert abs(springfield.latitude - 42.1) < 0.3


def test_the_outlet_tells_its_country() -> None:
    places = gazetteer()
    document = replace(plain_document("x"), uri="https://news.example.co.uk/a")
    britain = places.coded("GB")
    assert britain is not None
    assert setting_of(document, places).country == britain.index
    for uri in ("https://news.example.com/a", "reports/a.uk", "https://example.io/a"):
        assert setting_of(replace(document, uri=uri), places).country is None


def test_what_the_gazetteer_lacks_stays_without_a_point(model: SpacyModel) -> None:
    _, found = placed(model, "Shots were heard in the village of Qzvelmorsk on Monday.")
    assert all(one.latitude is None for one in found.entities.values())


def test_a_border_and_a_part_of_a_country(model: SpacyModel) -> None:
    text = "Shelling was heard in eastern Afghanistan and along the Tajik-Afghan border."
    analysis, found = placed(model, text)
    by_quote = {place.quote: place for place in places_of(analysis, found)}
    east, border = by_quote["eastern Afghanistan"], by_quote["Tajik-Afghan border"]
    assert (east.precision, border.precision) == ("region", "region")
    assert east.longitude is not None
    assert east.longitude > 68
    assert border.latitude is not None
    assert 36 < border.latitude < 39


def test_a_government_is_no_place(model: SpacyModel) -> None:
    analysis, found = placed(model, "Kabul said that Moscow's envoy had left.")
    assert places_of(analysis, found) == []
    assert entity(found, "Kabul").identifiers["geonames"] == "1138958"


def test_one_place_is_one_entity_in_all_documents(model: SpacyModel) -> None:
    _, one = placed(model, "He lives in Springfield, Illinois.")
    _, other = placed(model, "A fire broke out in Springfield, Illinois.")
    _, third = placed(model, "A fire broke out in Springfield, Massachusetts.")
    ids = [entity(found, "Springfield").id for found in (one, other, third)]
    assert ids[0] == ids[1] != ids[2]

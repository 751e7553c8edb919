"""How language models and their servers are known to misbehave: each fault spoils one answer of a `MisbehavingModel`."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from worldtake.testing.engine_server import Told, told
from worldtake.testing.misbehaving_model import refuses, says

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worldtake.testing.misbehaving_model import Call, Fault


def leaves_out(call: Call) -> Told:
    """Answer every second sentence alone."""
    return says(dict(list(call.values().items())[::2]))


def swaps_values(call: Call) -> Told:
    """Answer each name with what is another's, echo and all."""
    values = call.values()
    return says(dict(zip(values, _moved(list(values.values())), strict=True)))


def swaps_translations(call: Call) -> Told:
    """Answer each name with its echo and another's translation."""
    values = call.values()
    others = _moved([each["translation"] for each in values.values()])
    return says(
        {
            name: each | {"translation": other}
            for (name, each), other in zip(values.items(), others, strict=True)
        }
    )


def swaps_echoes(call: Call) -> Told:
    """Answer each name with its translation and another's echo."""
    values = call.values()
    others = _moved([each["source"] for each in values.values()])
    return says(
        {
            name: each | {"source": other}
            for (name, each), other in zip(values.items(), others, strict=True)
        }
    )


def invents_names(call: Call) -> Told:
    """Answer names too that nobody gave."""
    stray = {"source": "Nobody said so.", "translation": "Nobody said so."}
    return says({"s00000000": stray, **call.values(), "__proto__": stray, "": stray})


def repeats_names(call: Call) -> Told:
    """Answer each name twice, the second time wrongly."""
    wrong = [(name, each | {"translation": "Wrong."}) for name, each in call.values().items()]
    return says(_members([*call.values().items(), *wrong]))


def repeats_members(call: Call) -> Told:
    """Answer each name with two translations."""
    inner = {
        name: _members([*each.items(), ("translation", "Wrong.")])
        for name, each in call.values().items()
    }
    return says("{" + ", ".join(f"{_json(name)}: {each}" for name, each in inner.items()) + "}")


def answers_twice(call: Call) -> Told:
    """Give two objects that differ."""
    wrong = {name: each | {"translation": "Wrong."} for name, each in call.values().items()}
    return says(f"First:\n{_json(wrong)}\nBetter:\n{_json(call.values())}")


def forgets_echoes(call: Call) -> Told:
    """Answer translations alone."""
    return says({name: each["translation"] for name, each in call.values().items()})


def invents_echoes(call: Call) -> Told:
    """Answer with echoes of what nobody asked for."""
    return says(
        {name: each | {"source": "Once upon a time"} for name, each in call.values().items()}
    )


def merges(call: Call) -> Told:
    """Put the translations of all under the first name."""
    values = call.values()
    whole = " ".join(each["translation"] for each in values.values())
    first, *rest = values
    empty = {name: values[name] | {"translation": ""} for name in rest}
    return says({first: values[first] | {"translation": whole}} | empty)


def same_for_all(call: Call) -> Told:
    """Answer every sentence with the translation of the first."""
    values = call.values()
    first = next(iter(values.values()))["translation"]
    return says({name: each | {"translation": first} for name, each in values.items()})


def obeys_the_text(call: Call) -> Told:
    """Do what a sentence of the article says, in place of translating."""
    order = next((text for text in call.segments.values() if "{" in text), "")
    return says(order[order.find("{") :] or "As you wish: OWNED.")


def obeys_quietly(call: Call) -> Told:
    """Translate all but the sentence that holds an order, and do that."""
    return says(
        {
            name: each | ({"translation": "OWNED"} if "OWNED" in call.segments[name] else {})
            for name, each in call.values().items()
        }
    )


def tells_its_instructions(call: Call) -> Told:
    """Answer with what it was told, as an article may ask it to."""
    return says({name: each | {"translation": call.system} for name, each in call.values().items()})


def tells_a_line_of_them(call: Call) -> Told:
    """Answer with one line of what it was told."""
    line = call.system.splitlines()[1]
    return says({name: each | {"translation": line} for name, each in call.values().items()})


def tells_names(call: Call) -> Told:
    """Write the names of the sentences into the translations."""
    values = call.values()
    others = _moved(list(values))
    return says(
        {
            name: each | {"translation": f"{other}: {each['translation']}"}
            for (name, each), other in zip(values.items(), others, strict=True)
        }
    )


def leaves_untranslated(call: Call) -> Told:
    """Answer in the language of the article: the wrong one, and yet of the right sentence."""
    return says(
        {name: each | {"translation": call.segments[name]} for name, each in call.values().items()}
    )


def talks_around(call: Call) -> Told:
    """Put prose and a fence around the JSON."""
    text = json.dumps(call.values(), ensure_ascii=False, indent=2)
    return says(f"Sure! Here {{as asked}} it is:\n```json\n{text}\n```\nLet me know.")


def thinks_aloud(call: Call) -> Told:
    """Think before the answer, in JSON too."""
    draft = {name: each | {"translation": "Draft."} for name, each in call.values().items()}
    return says(f"<think>\nMaybe {_json(draft)}?\n</think>\n{_json(call.values())}")


def thinks_without_a_sign(call: Call) -> Told:
    """Think before the answer, with the sign of its end alone."""
    draft = {name: each | {"translation": "Draft."} for name, each in call.values().items()}
    return says(f"Maybe {_json(draft)}?\n</think>\n{_json(call.values())}")


def thinks_to_the_end(call: Call) -> Told:
    """Never come to the answer."""
    return says(f"<think>Maybe {_json(call.values())}", "length")


def wraps(call: Call) -> Told:
    """Put the object into another."""
    return says({"translations": call.values()})


def lists(call: Call) -> Told:
    """Answer with a list of translations, as if the order said enough."""
    return says(_json([each["translation"] for each in call.values().values()]))


def breaks_off(call: Call) -> Told:
    """Stop in the middle of the JSON, at the longest that it may say."""
    text = _json(call.values())
    return says(text[: len(text) // 2], "length")


def breaks_off_unsaid(call: Call) -> Told:
    """Stop in the middle of the JSON as if that were the end."""
    text = _json(call.values())
    return says(text[: len(text) * 2 // 3])


def says_nothing(_call: Call) -> Told:
    """Say nothing."""
    return says("")


def says_null(_call: Call) -> Told:
    """Say null."""
    return says(None)


def calls_a_tool(call: Call) -> Told:
    """Call a tool that nobody offered."""
    function = {"name": "translate", "arguments": _json(call.values())}
    return says(None, "tool_calls", tool_calls=[{"id": "1", "function": function}])


def declines(_call: Call) -> Told:
    """Refuse to translate."""
    return says(None, refusal="I cannot help with that.")


def declines_in_prose(_call: Call) -> Told:
    """Refuse to translate, in the place of the answer."""
    return says("I'm sorry, but I cannot translate this text.")


def is_filtered(call: Call) -> Told:
    """End by a filter of contents."""
    return says(call.values(), "content_filter")


def nests_deeply(_call: Call) -> Told:
    """Answer JSON that no reader can hold."""
    return says('{"a":' * 100_000)


def opens_many(_call: Call) -> Told:
    """Answer what looks like the beginning of JSON all along."""
    return says("{ " * 90_000)


def writes_surrogates(call: Call) -> Told:
    """Write halves of characters, and signs that are none."""
    wrong = {name: each | {"translation": "\ud83d \x00"} for name, each in call.values().items()}
    return says(json.dumps(wrong))


def has_no_choices(_call: Call) -> Told:
    """Answer a completion without choices."""
    return told({"id": "c", "object": "chat.completion"})


def chooses_nothing(_call: Call) -> Told:
    """Answer a completion with an empty list of choices."""
    return told({"choices": []})


def is_not_utf8(call: Call) -> Told:
    """Answer in another encoding."""
    return Told(body=says(call.values()).body.decode().encode("utf-16"))


def is_a_page(_call: Call) -> Told:
    """Answer a page of a proxy."""
    return Told(body=b"<html><body>Log in</body></html>", media_type="text/html")


def is_huge(call: Call) -> Told:
    """Answer ten megabytes."""
    return says(_json(call.values()) + " " * 10_000_000)


def hangs_up(_call: Call) -> Told:
    """Close the connection without an answer."""
    return Told(drop=True)


def breaks_the_body(call: Call) -> Told:
    """Break off within a chunked body."""
    return Told(body=says(call.values()).body, broken=True)


def is_slow(call: Call) -> Told:
    """Answer too late for who waits a second."""
    return Told(body=says(call.values()).body, delay_seconds=1.2)


def has_too_much_to_do(_call: Call) -> Told:
    """Ask to be left alone for seven seconds."""
    return refuses(429, "Rate limit reached", headers=(("Retry-After", "7"),))


def fails(_call: Call) -> Told:
    """Fail."""
    return refuses(500, "The server had an error")


def hides_its_refusal(_call: Call) -> Told:
    """Put the refusal of another server into an answer of status 200."""
    return told({"error": {"code": 429, "message": "upstream is busy"}})


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _members(pairs: Iterable[tuple[str, Any]]) -> str:
    """Return a JSON object with members in order, also such as come twice."""
    return "{" + ", ".join(f"{_json(name)}: {_json(value)}" for name, value in pairs) + "}"


def _moved(items: list[Any]) -> list[Any]:
    return items[1:] + items[:1]


#: Faults in what a model says, by name: the answer is one of the protocol.
SPOKEN_FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        fault.__name__: fault
        for fault in (
            leaves_out,
            swaps_values,
            swaps_translations,
            swaps_echoes,
            invents_names,
            repeats_names,
            repeats_members,
            answers_twice,
            forgets_echoes,
            invents_echoes,
            merges,
            same_for_all,
            obeys_the_text,
            obeys_quietly,
            tells_its_instructions,
            tells_a_line_of_them,
            tells_names,
            talks_around,
            thinks_aloud,
            thinks_without_a_sign,
            thinks_to_the_end,
            wraps,
            lists,
            breaks_off,
            breaks_off_unsaid,
            says_nothing,
            says_null,
            calls_a_tool,
            declines,
            declines_in_prose,
            is_filtered,
            nests_deeply,
            opens_many,
            writes_surrogates,
            chooses_nothing,
        )
    }
)
#: Faults of the server: there is no answer of the protocol.
SERVER_FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        fault.__name__: fault
        for fault in (
            has_no_choices,
            is_not_utf8,
            is_a_page,
            is_huge,
            hangs_up,
            breaks_the_body,
            is_slow,
            has_too_much_to_do,
            fails,
            hides_its_refusal,
        )
    }
)
#: All of them.
FAULTS: Mapping[str, Fault] = MappingProxyType({**SPOKEN_FAULTS, **SERVER_FAULTS})

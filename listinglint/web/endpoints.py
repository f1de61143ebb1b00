"""What an endpoint of the HTTP API is: one declaration from which the route, the checks of what is sent, and the OpenAPI document are made."""

from __future__ import annotations

import difflib
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from listinglint.api import message_of
from listinglint.model import Text
from listinglint.reports.json_lines import to_json
from listinglint.web.problems import Problem

if TYPE_CHECKING:
    from listinglint.web.server import Server

Schema = Mapping[str, Any]
Handler = Callable[["Call"], Awaitable[Any]]
_MOST_ERRORS: Final = 20
_TYPES: Final = {
    "string": Text("a text", "文本"), "number": Text("a number", "数字"), "integer": Text("a whole number", "整数"), "boolean": Text("true or false", "true 或 false"),
    "array": Text("a list", "列表"), "object": Text("an object", "对象"), "null": Text("null", "null"),
}  # fmt: skip
_SAY: Final = {
    "type": Text("{expected} was expected", "应为{expected}"),
    "required": Text("{name!r} is missing", "缺少“{name}”"),
    "unknown": Text("there is no {name!r} here; did you mean {near!r}?", "没有“{name}”；您是否想用“{near}”？"),
    "enum": Text("one of {values} was expected", "应为 {values} 之一"),
    "maxLength": Text("at most {limit:,} characters are taken", "最多 {limit:,} 个字符"),
    "minLength": Text("at least {limit:,} characters are needed", "至少 {limit:,} 个字符"),
    "maxItems": Text("at most {limit:,} items are taken", "最多 {limit:,} 项"),
    "minItems": Text("at least {limit:,} items are needed", "至少 {limit:,} 项"),
    "maxProperties": Text("at most {limit:,} names are taken", "最多 {limit:,} 个名称"),
    "maximum": Text("at most {limit:,} was expected", "不能大于 {limit:,}"),
    "minimum": Text("at least {limit:,} was expected", "不能小于 {limit:,}"),
    "pattern": Text("{expected} was expected", "应为{expected}"),
    "form": Text("a text, a number, a list of them, or an object of them was expected", "应为文本、数字，或由它们组成的列表或对象"),
    "one": Text("exactly one of {values} was expected", "应且只应给出 {values} 之一"),
    "other": Text("this cannot be used", "无法使用该值"),
    "json": Text("the body is no JSON: {reason}", "请求内容不是 JSON：{reason}"),
    "object": Text("a JSON object was expected", "应为 JSON 对象"),
    "media": Text("the body must be sent as {media}", "请求内容的类型应为 {media}"),
    "several": Text("{name!r} was given more than once", "“{name}”给出了多次"),
    "faults": Text("{n} values cannot be used; see errors", "有 {n} 个值无法使用，详见 errors"),
}


@dataclass(frozen=True)
class Parameter:
    """A value of the query. The schema's type is `string`, `integer` or `boolean` (1, 0, true, false)."""

    name: str
    schema: Schema
    description: str

    def read(self, given: Sequence[str]) -> Any:
        """The value; raises ValueError for one that cannot be."""
        (text,) = given
        kind = self.schema["type"]
        if kind == "integer":
            if not (text.isascii() and text.isdigit()):
                raise ValueError(text)
            return int(text[:19])
        if kind == "boolean":
            return {"1": True, "true": True, "0": False, "false": False}[text.lower()]
        return text


LANG: Final = Parameter("lang", {"type": "string", "enum": ["en", "zh"]}, "Language of messages; otherwise Accept-Language, then that of the server.")


@dataclass(frozen=True)
class Answer:
    """What is answered with a status: what fits the schema, in one of these media types; none for an answer without a body."""

    description: str
    schema: Schema | None = None
    media: tuple[str, ...] = ("application/json",)


@dataclass(frozen=True)
class Endpoint:
    """One method of one path. `body` is the schema of the JSON sent (`media` is another type for a body that the handler reads itself)."""

    method: str
    path: str
    name: str
    summary: str
    handler: Handler
    answers: Mapping[int, Answer]
    tag: str = "listings"
    body: Schema | None = None
    media: str = "application/json"
    query: tuple[Parameter, ...] = ()
    path_schemas: Mapping[str, Schema] = field(default_factory=dict)
    problems: tuple[int, ...] = ()

    @cached_property
    def validator(self) -> Draft202012Validator | None:
        """Checks the body."""
        return Draft202012Validator(self.body) if self.body is not None and self.media == "application/json" else None


@dataclass
class Call:
    """One request to an endpoint, read and checked."""

    request: Request
    server: Server
    body: dict[str, Any]
    query: dict[str, Any]

    @property
    def lang(self) -> str:
        """The language to answer in."""
        return str(self.request.scope["state"]["lang"])


def endpoint_of(endpoint: Endpoint, server: Server) -> Callable[[Request], Awaitable[Response]]:
    """The function that Starlette calls: reads and checks the request, answers, and makes problems of what goes wrong."""

    async def answer(request: Request) -> Response:
        try:
            call = Call(request, server, await _body(endpoint, request), _query(endpoint, request.query_params))
            found = await endpoint.handler(call)
        except Problem as problem:
            return problem.response(request.scope["state"]["lang"])
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:
            return _refusal(error).response(request.scope["state"]["lang"])
        if isinstance(found, Response):
            return found
        status = next(iter(endpoint.answers))
        return json_response(found, status, request.scope["state"]["lang"])

    return answer


def json_response(value: Any, status: int = 200, lang: str = "en") -> Response:
    """A JSON answer; `value` may be JSON already."""
    content = value if isinstance(value, bytes) else to_json(value).encode()
    return Response(content, status, {"content-language": lang}, media_type="application/json")


def _refusal(error: Exception) -> Problem:
    """What the caller can mend, else an internal error: told to the terminal by its place alone, for its message may hold a listing's text."""
    texts = [message_of(error, lang) for lang in ("en", "zh")]
    if texts[0] is not None and texts[1] is not None:
        return Problem("invalid-value", Text(texts[0], texts[1]))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    print(f"internal error: {type(error).__name__} ({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})", file=sys.stderr)
    return Problem("internal")


# --- the query --------------------------------------------------------------------------------------------------------


def _query(endpoint: Endpoint, given: QueryParams) -> dict[str, Any]:
    out: dict[str, Any] = {}
    errors: list[tuple[str, Text]] = []
    for parameter in endpoint.query:
        values = given.getlist(parameter.name)
        if not values:
            continue
        try:
            if len(values) > 1:
                errors.append((f"?{parameter.name}", _text("several", name=parameter.name)))
                continue
            value = parameter.read(values)
        except (ValueError, KeyError):
            errors.append((f"?{parameter.name}", _text("type", expected=_TYPES[parameter.schema["type"]])))
            continue
        for error in Draft202012Validator(parameter.schema).iter_errors(value):
            errors.extend((f"?{parameter.name}", text) for _, text in _explain(error))
        out[parameter.name] = value
    if errors:
        raise _faulty(errors)
    return out


# --- the body ---------------------------------------------------------------------------------------------------------


async def _body(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    if endpoint.body is None and endpoint.media == "application/json":
        return {}
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != endpoint.media:
        raise Problem("unsupported-media-type", _text("media", media=endpoint.media), headers={"accept-post": endpoint.media})
    if endpoint.validator is None:
        return {}
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError as broken:
        raise Problem("invalid-request", _text("json", reason=f"{broken.msg} (line {broken.lineno} column {broken.colno})")) from None
    if not isinstance(body, dict):
        raise Problem("invalid-value", _text("object"), errors=[("", _text("object"))])
    if body.get("lang") in ("en", "zh"):
        request.scope["state"]["lang"] = body["lang"]
    errors: list[tuple[str, Text]] = []
    for error in endpoint.validator.iter_errors(body):
        errors.extend(_explain(error))
        if len(errors) >= _MOST_ERRORS:
            break
    if errors:
        raise _faulty(errors[:_MOST_ERRORS])
    return body


def _faulty(errors: Sequence[tuple[str, Text]]) -> Problem:
    pointer, text = errors[0]
    if len(errors) == 1:
        detail = Text(f"{pointer}: {text.en}", f"{pointer}：{text.zh}") if pointer else text
    else:
        detail = _text("faults", n=len(errors))
    return Problem("invalid-value", detail, errors=errors)


def _explain(error: ValidationError) -> list[tuple[str, Text]]:
    """What is wrong at which place, in both languages; never more of the value than its name."""
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)[:200]
    rule, value, instance, schema = str(error.validator), cast("Any", error.validator_value), cast("Any", error.instance), cast("Any", error.schema)
    if rule == "additionalProperties":
        known = list(schema.get("properties", {}))
        extra = [name for name in instance if name not in known]
        return [(f"{pointer}/{name[:60]}", _text("unknown", name=name[:60], near=_nearest(name, known))) for name in extra]
    if rule == "required":
        return [(pointer, _text("required", name=name)) for name in value if name not in instance][:1]
    if rule == "type":
        names = [value] if isinstance(value, str) else list(value)
        english, chinese = (" or ".join(_TYPES[one].en for one in names), "或".join(_TYPES[one].zh for one in names))
        return [(pointer, _text("type", expected=Text(english, chinese)))]
    if rule == "enum":
        return [(pointer, _text("enum", values=", ".join(map(str, value[:40]))))]
    if rule == "pattern":
        return [(pointer, _text("pattern", expected=schema.get("description", value)))]
    if rule == "oneOf" and all("required" in one for one in value):
        return [(pointer, _text("one", values=", ".join(one["required"][0] for one in value)))]
    if rule == "anyOf":
        # The branch of the right type says more than that no branch fits.
        deeper = [one for one in error.context or () if one.validator != "type" or len(one.path) > 0]
        return _explain(deeper[0]) if deeper else [(pointer, _text("form"))]
    if rule in _SAY:
        return [(pointer, _text(rule, limit=value))]
    return [(pointer, _text("other"))]


def _nearest(name: str, known: Sequence[str]) -> str:
    return (difflib.get_close_matches(name.lower()[:60], known, n=1, cutoff=0.0) or [""])[0]


def _text(what: str, **values: Any) -> Text:
    def of(lang: str) -> str:
        return _SAY[what].format(lang, **{name: value.get(lang) if isinstance(value, Text) else value for name, value in values.items()})

    return Text(of("en"), of("zh"))

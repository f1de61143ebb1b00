"""`listinglint serve`: the page and the HTTP API, on this machine."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Any, Final

import click

from listinglint.cli import options as opt
from listinglint.config import Config
from listinglint.model import Text

_SAY: Final = {
    "missing": Text(
        "the page and the HTTP API need further packages ({names}); install them with: pip install \"listinglint[web]\"",
        "网页和 HTTP 接口需要额外的包（{names}）；请运行：pip install \"listinglint[web]\"",
    ),
    "token": Text(
        "others can reach the server on {host}; protect it with --token TEXT (or LISTINGLINT_TOKEN), {least} characters or more",
        "在 {host} 上其他人也能访问服务器；请用 --token 文本（或环境变量 LISTINGLINT_TOKEN）设置至少 {least} 个字符的令牌",
    ),
    "short": Text("--token must have {least} characters or more where others can reach the server", "其他人可访问时，--token 至少需要 {least} 个字符"),
    "ascii": Text("--token takes letters, digits and signs without spaces", "--token 只能使用字母、数字和符号，不能有空格"),
    "taken": Text("cannot listen on {host} port {port}: {reason}; --port N takes another one, --port 0 any that is free", "无法在 {host} 的端口 {port} 上监听：{reason}；请用 --port 指定其他端口，或用 --port 0 自动选择"),
    "ready": Text("listinglint is at {url} (Ctrl-C ends it)", "listinglint 已启动：{url} （按 Ctrl-C 结束）"),
}
_PACKAGES: Final = {"starlette": "starlette", "uvicorn": "uvicorn", "python_multipart": "python-multipart", "jsonschema": "jsonschema", "markdown_it": "markdown-it-py"}
_UNITS: Final = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


class _Size(opt._Kind):
    """`200M`, `1.5G`, or bytes."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        text = str(value).strip().lower().removesuffix("b")
        unit = _UNITS.get(text[-1:], 1)
        try:
            size = int(float(text.rstrip("kmg")) * unit)
        except (ValueError, OverflowError):
            size = 0
        if size <= 0:
            self.fail(f"{value!r} was given, a size such as 200M was expected", param, ctx)
        return size


@click.command(context_settings={"max_content_width": 110})
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on; any but this machine's own needs --token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N", help="Port to listen on; 0 is any that is free.")
@click.option("--token", envvar="LISTINGLINT_TOKEN", metavar="TEXT", help="Every request must bear it (or the variable LISTINGLINT_TOKEN).")
@click.option("--allow-host", multiple=True, metavar="NAME", help="Another name that the server is reached under, as behind a proxy.")
@click.option("--open/--no-open", "opens", default=None, help="Open the page in the browser (default: on a terminal).")
@opt.marketplace_option
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="Processes that check a file (default: one a core, at most 8).")
@click.option("--max-upload", type=_Size(), default="200M", show_default=True, metavar="SIZE", help="Largest file that is taken.")
@click.option("--record", is_flag=True, help="Keep the counts of each file check in the history (see `listinglint history`).")
@click.option("--record-to", type=click.Path(dir_okay=False), metavar="FILE", help="Keep them in this file; the page shows the runs in it.")
@opt.config_option
@opt.lang_option
def serve(host: str, port: int, token: str | None, opens: bool | None, **given: Any) -> int:
    """Serve the page on which you type and see, and the HTTP API, on this machine.

    Nothing that is typed or uploaded leaves the machine; uploads lie in a private folder that goes away at the end.
    """
    config = opt.read_config(given["config"], (), given["lang"])
    settings = opt.merged(config, given)
    lang = settings.lang
    missing = [name for module, name in _PACKAGES.items() if find_spec(module) is None]
    if missing:
        raise click.ClickException(_SAY["missing"].format(lang, names=", ".join(missing)))
    from listinglint.web.access import LEAST_TOKEN, is_loopback

    if token is not None and not (token.isascii() and token.isprintable() and " " not in token and token):
        raise click.UsageError(_SAY["ascii"].get(lang))
    if not is_loopback(host):
        if token is None:
            raise click.UsageError(_SAY["token"].format(lang, host=host, least=LEAST_TOKEN))
        if len(token) < LEAST_TOKEN:
            raise click.UsageError(_SAY["short"].format(lang, least=LEAST_TOKEN))
    return _run(host, port, token, opens, config, settings, given)


def _run(host: str, port: int, token: str | None, opens: bool | None, config: Config, settings: Any, given: dict[str, Any]) -> int:
    from listinglint.web.serve import bind, run
    from listinglint.web.server import Options

    def ready(url: str) -> None:
        click.echo(_SAY["ready"].format(settings.lang, url=url))
        sys.stdout.flush()
        if opens if opens is not None else sys.stdout.isatty():
            import webbrowser

            webbrowser.open(f"{url}?token={token}" if token else url)

    jobs = given["jobs"] or min(os.cpu_count() or 1, 8)
    options = Options(
        settings=settings, host=host, port=port, token=token, names=given["allow_host"], jobs=jobs, most_upload=given["max_upload"],
        columns=config.columns, fail_on=config.limits.fail_on, record=given["record"] or given["record_to"] is not None, history=given["record_to"],
    )  # fmt: skip
    try:
        sock = bind(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(_SAY["taken"].format(settings.lang, host=host, port=port, reason=reason)) from None
    with sock:
        run(sock, options, ready)
    return 0

"""The components as template tags; built into every template by the settings."""

import secrets
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui import clock, devices, icons, importmap, sizes, tones

register = template.Library()

STYLESHEETS = (
    "fonts", "tokens", "base", "controls", "segments", "uploads", "surfaces", "lists", "figures", "meeting", "shell",
    "menus", "bars", "print",
)  # fmt: skip
PRELOADED_FONTS = ("latin-400-normal", "vietnamese-400-normal", "latin-600-normal", "vietnamese-600-normal")
DIALOG_ICONS = ("info", "circle-check", "triangle-alert", "octagon-alert", "x", "file-text", "loader-circle")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "stamp" %}` beside words, `{% icon "stamp" label=… %}` alone."""
    return icons.svg(name, label, css)


@register.simple_tag
def icon_sprite(*names: str) -> SafeString:
    """Symbols a module may use: `<svg class="icon"><use href="#icon-mic"/></svg>`."""
    symbols = format_html_join("", "{}", ((icons.symbol(name),) for name in names or DIALOG_ICONS))
    return format_html('<svg hidden aria-hidden="true" data-sprite>{}</svg>', symbols)


@register.simple_tag
def chip(state: str, label: Any, title: str = "") -> SafeString:
    """A state with its word, its shape and its colour."""
    tone = tones.tone_of(str(state))
    hint = format_html(' title="{}"', title) if title else ""
    return format_html(
        '<span class="chip tone-{}" data-state="{}"{}>{}{}</span>', tone.name, state, hint, icons.svg(tone.icon), label
    )


@register.simple_tag
def local_time(moment: datetime | date | None, style: str = "short", empty: str = "–") -> SafeString | str:
    """A moment as `<time>`: full, short, date, time or long."""
    if moment is None:
        return empty
    return format_html('<time datetime="{}">{}</time>', clock.machine(moment), clock.spoken(moment, style))


@register.simple_tag
def filesize(size: int | None) -> str:
    """1536 → 1,5 KB."""
    return "–" if size is None else sizes.spoken(size)


@register.simple_tag
def button(label: Any, **options: Any) -> SafeString:
    """A button, or a link when `href` is given; `kind`, `icon`, attributes; `disabled` is the reason it is grey."""
    kind, picture = options.pop("kind", ""), options.pop("icon", "")
    css = " ".join(filter(None, ["button", *(f"button-{word}" for word in str(kind).split()), options.pop("css", "")]))
    reason = options.pop("disabled", "")
    inside = format_html("{}{}", icons.svg(picture) if picture else "", label)
    if options.get("href") and not reason:
        return format_html('<a class="{}"{}>{}</a>', css, _attributes(options), inside)
    options.pop("href", None)
    options.setdefault("type", "submit")
    grey = format_html(' disabled title="{}"', "" if reason is True else reason) if reason else ""
    return format_html('<button class="{}"{}{}>{}</button>', css, _attributes(options), grey, inside)


@register.inclusion_tag("ui/components/empty.html")
def empty(title: Any, text: Any = "", icon: str = "inbox", url: str = "", action: Any = "") -> dict[str, Any]:
    """An empty place that says why it is empty and what to do."""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action}


@register.inclusion_tag("ui/components/alert.html")
def alert(tone: str, text: Any, title: Any = "") -> dict[str, Any]:
    """A notice that stays on the page."""
    return {"tone": _message_tone(tone), "text": text, "title": title}


@register.inclusion_tag("ui/components/stat.html")
def stat(label: Any, value: Any, unit: Any = "", note: Any = "", href: str = "") -> dict[str, Any]:
    """One figure with its name; opens what it counts when `href` is given."""
    return {"label": label, "value": value, "unit": unit, "note": note, "href": href}


@register.inclusion_tag("ui/components/progress.html")
def progress(label: Any, value: float | None = None, maximum: float = 100, figure: Any = "") -> dict[str, Any]:
    """How far something is; without a value it only says that it moves."""
    return {"label": label, "value": value, "maximum": maximum, "figure": figure}


@register.inclusion_tag("ui/components/breadcrumb.html")
def breadcrumb(*steps: Any) -> dict[str, Any]:
    """`{% breadcrumb url label url label … %}`, from the top."""
    pairs = list(zip(steps[::2], steps[1::2], strict=False))
    return {"steps": pairs}


@register.simple_tag
def field(bound: BoundField, **attributes: Any) -> SafeString:
    """One field with label, help and error; `help_text` replaces its help, other keywords are attributes."""
    if "help_text" in attributes:
        bound.help_text = attributes.pop("help_text")
    if attributes:
        bound.field.widget.attrs.update({name.replace("_", "-"): value for name, value in attributes.items()})
    return bound.as_field_group()


@register.simple_tag(name="importmap", takes_context=True)
def importmap_tag(context: RequestContext) -> SafeString:
    """The import map of the page, allowed by the page's nonce."""
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>',
        nonce_of(context),
        mark_safe(importmap.import_map()),
    )


@register.simple_tag(takes_context=True)
def module(context: RequestContext, specifier: str) -> SafeString:
    """Runs a module of the import map: `{% module "meetings/room" %}`."""
    return format_html('<script type="module" nonce="{}">import "{}";</script>', nonce_of(context), specifier)


@register.simple_tag(takes_context=True)
def querystring_without(context: RequestContext, *names: str) -> str:
    """The query of this address without some names, ready for one more: `a=1&b=2&`, or nothing."""
    query = context["request"].GET.copy()
    for name in names:
        query.pop(name, None)
    return f"{query.urlencode()}&" if query else ""


@register.simple_tag
def stylesheets() -> SafeString:
    """The links to the sheets of the design system, in order."""
    sheets = ((static(f"ui/css/{name}.css"),) for name in STYLESHEETS)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@register.simple_tag
def font_preloads() -> SafeString:
    """Early requests for the letters every page shows."""
    files = ((static(f"npm/be-vietnam-pro/be-vietnam-pro-{name}.woff2"),) for name in PRELOADED_FONTS)
    return format_html_join("\n", '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">', files)


@register.filter
def initials(name: str) -> str:
    """The letters of an avatar: family name and given name, as in Nguyễn Thị Ánh → NÁ."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words[:1]))


@register.filter
def message_tone(tags: str) -> str:
    """The tone of one of Django's messages."""
    return _message_tone(tags)


@register.filter
def capped(count: int) -> str:
    """A count that fits a badge."""
    return _("99+") if count > 99 else str(count)


@register.filter
def device(user_agent: str) -> str:
    """Chrome on Android, from the line a browser sends."""
    found = devices.recognised(str(user_agent))
    if not found.browser:
        return _("Unknown device")
    return _("{browser} on {system}").format(**vars(found)) if found.system else found.browser


def nonce_of(context: RequestContext) -> str:
    """The page's nonce, or one nobody accepts where no middleware gave one."""
    nonce = getattr(context.get("request"), "csp_nonce", None)
    return secrets.token_urlsafe(12) if nonce is None else str(nonce)


def _message_tone(tags: str) -> str:
    words = {"error": "danger", "debug": "neutral"}
    known = [words.get(tag, tag) for tag in str(tags).split()]
    return next((tag for tag in known if tag in tones.ICONS), "info")


def _attributes(options: dict[str, Any]) -> SafeString:
    shown = [(name.replace("_", "-"), value) for name, value in options.items() if value not in ("", None, False)]
    return format_html_join("", ' {}="{}"', ((name, "" if value is True else value) for name, value in shown))

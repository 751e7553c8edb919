"""What an element says of itself by tag, role, class and id: furniture of the page, or the article's own body."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Tags whose content is never the text of an article -> reason.
TAGS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "figcaption": "caption",
    "figure": "caption",
    "caption": "caption",
    "button": "control",
    "label": "control",
    "fieldset": "form",
    "address": "byline",
    "dialog": "dialog",
    "details": "details",
}
_ROLES = {
    "navigation": "navigation",
    "complementary": "aside",
    "contentinfo": "footer",
    "banner": "navigation",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "search": "form",
    "menu": "navigation",
    "menubar": "navigation",
    "tablist": "navigation",
    "toolbar": "share",
    "button": "control",
    "alert": "cookie",
}
#: Reason -> parts of class names and ids. Tried in order; parts are whole words between `-`, `_` and capitals.
_NAMES = (
    (
        "comments",
        r"comments?|commentlist|commenting|disqus|livefyre|replies|respond|kommentare?|comentarios|commentaires|coral|viafoura|spotim",
    ),
    (
        "cookie",
        r"cookies?|consent|gdpr|cmp|onetrust|didomi|usercentrics|privacy|truste",
    ),
    (
        "newsletter",
        r"newsletters?|subscrib\w*|subscription|signup|sign up|mailing|mailchimp|regwall|abo|inscription",
    ),
    (
        "related_links",
        r"related\w*|recommend\w*|recirc\w*|more (?:from|on|stories|news|articles|like)|read (?:more|next|also|too)|see also|also read|trending|most (?:read|popular|viewed|shared)|mostpopular|mostread|popular|teasers?|taboola|outbrain|zergnet|revcontent|similar|further|upnext|up next|outlinks?|next (?:article|post|story)|(?:article|post|story) (?:list|river|feed|grid|nav)|river|carousel|ticker|lire aussi|leia|relacionad[oa]s?|correlati|similaires?|jp relatedposts|yarpp|inline ?promo|promo\w*|headlines list|latest news|breaking",
    ),
    (
        "caption",
        r"(?:\w+ )?(?:caption\w*|figcaption)|photo ?credits?|image ?credits?|img ?credits?|credits?|copyright|image ?text|photo ?text|legende?|(?:img|image|photo|pic|figure) ?desc\w*|bildunterschrift|bildtext|bu|lightbox|gallery|galerie|slideshow|slider|image ?gallery|media ?info|video ?(?:description|title|info|player|meta)",
    ),
    (
        "share",
        r"share\w*|sharing|social\w*|addthis|addtoany|sharedaddy|follow\w*|bookmark\w*|tool ?bar|tools|print|whatsapp|facebook|compartir|compartilh\w*|partag\w*|condivid\w*|teilen",
    ),
    (
        "advertisement",
        r"ads?|advert\w*|adv|ad ?(?:container|wrapper|slot|unit|block|box)|sponsor\w*|dfp|gpt|banner\w*|commercial|anzeige|werbung|publicidad|pub(?! (?:info|date|time|meta|source|data))|affiliate\w*|partner ?content",
    ),
    (
        "byline",
        r"by ?line\w*|authors?|author ?(?:bio|box|info|card|name|profile|meta)|writer|contributors?|bio|about ?author|autor\w*|auteur|redactor|firma|firmas|signature|verfasser",
    ),
    (
        "publication_date",
        r"date ?line|pub ?(?:date|time|info|meta|data)|publish(?:ed)? ?(?:date|on|at|time|info)|time ?stamp|date ?time|datum|post ?(?:meta|info|date)|entry ?(?:meta|info|date|footer)|article ?(?:meta|info|date)|meta ?(?:info|data)?|posted ?on",
    ),
    (
        "tags",
        r"tags?|tag ?(?:list|cloud|links)|topics?|keywords|categories|taxonomy|hashtags?|post ?tags|themen",
    ),
    (
        "navigation",
        r"nav|navi|navigation|navbar|menu|submenu|breadcrumbs?|pagination|pager|paging|skip|sub ?nav|masthead|site ?header|page ?header|global ?header|top ?bar|toc|table of contents|drawer|hamburger",
    ),
    (
        "aside",
        r"side ?bar\w*|widget\w*|right ?(?:rail|column|col)|rail|aside|marginalia|info ?box|fact ?box|factbox|infobox|pull ?quote\w*|poll|quiz|survey|donat\w*|support us|notice|alert|disclaimer|callout|call ?to ?action|cta|timeline nav",
    ),
    ("footer", r"footer\w*|foot|bottom|colophon|legal|imprint|impressum"),
    (
        "hidden",
        r"(?:hidden|hide)(?! (?:xs|sm|md|lg|xl|print|on|for|mobile|desktop|small|medium|large|until|from))|invisible|visually ?hidden|sr ?only|screen ?reader\w*|offscreen|d none|print only|popup|modal|overlay|tooltip|lightbox",
    ),
)
_HINTS = tuple((reason, re.compile(rf"(?:^| )(?:{parts})(?= |$)")) for reason, parts in _NAMES)
#: Any of them, to pass by the many names that say nothing.
_ANY_HINT = re.compile("(?:^| )(?:" + "|".join(parts for _, parts in _NAMES) + ")(?= |$)")
_BODY = re.compile(
    r"(?:^| )(?:article ?(?:body|content|text|copy|main)|story ?(?:body|content|text)|post ?(?:body|content|text)|entry ?content|body ?(?:text|copy|content)|news ?(?:text|body|content|detail)|content ?(?:body|text|article)|(?:main|page) ?content|rich ?text|artikel\w*|detail ?(?:body|text|content)|texto|cuerpo|haber ?(?:metni|icerik|detay)|articulo|view ?content|td post content|single content|td ?post ?content|read ?content|prose|wysiwyg)(?= |$)"
)
_STANDFIRST = re.compile(
    r"(?:^| )(?:stand ?first|sub ?(?:title|head|headline|heading)|deck|dek|lead|lede|leading|intro\w*|summary|perex|chapo|entradilla|bajada|ingress|vorspann|anleser|sommario|sottotitolo|catenaccio|excerpt|abstract|article ?(?:description|intro|lead|summary|subtitle|dek)|spot|copete|zajawka|header ?(?:summary|description)|description)(?= |$)"
)
#: Elements that hold whole texts, and what they may still say of themselves.
_WHOLE = frozenset(("html", "body", "main", "article"))
_WHOLE_REASONS = frozenset(("related_links", "comments", "advertisement"))
#: Classes that a well-known blog software gives to a whole post, its tags and state among them.
_POST = re.compile(r"(?:^|\s)(?:hentry|type-post|status-publish)(?:\s|$)")
#: Attributes by which an element says what it is.
_TELLING = frozenset(("class", "id", "role", "itemprop", "hidden", "style", "data-component"))
#: Elements within a line, and what they may say of themselves so that the line that they begin is a block of its own.
_BEGINNERS = frozenset(("span", "em", "i", "small", "font", "b", "strong", "cite"))
_SPAN_REASONS = frozenset(("caption", "hidden", "share"))
#: Classes of posts of social networks shown within an article.
_EMBED = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed|reddit-(?:card|embed)"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_APART = re.compile(r"[^A-Za-z]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Class names beyond this length are generated and say nothing, characters.
NAMES_CHARS = 400


class Looks(NamedTuple):
    """What one element says of itself."""

    #: Why its content is furniture; empty where it does not say so.
    reason: str = ""
    #: True where it says that it holds the article's text.
    body: bool = False
    #: True where it says that it holds the standfirst.
    standfirst: bool = False
    #: True where it is a note beside the text, whatever its tag.
    note: bool = False
    #: True where a line that it begins is a block of its own, though it stands within a line.
    begins: bool = False
    #: True where it shows a post of a social network.
    embed: bool = False
    #: Tag and class names: elements of one kind share it.
    kind: str = ""


def looks_of(tag: str, said: Iterable[tuple[str, str]]) -> Looks:
    """Return what an element says of itself by its tag and attributes."""
    if not said:
        return _looks(tag, ())
    return _looks(tag, tuple([pair for pair in said if pair[0] in _TELLING]))


@lru_cache(maxsize=4_096)
def _looks(tag: str, said: tuple[tuple[str, str], ...]) -> Looks:
    attributes = dict(said)
    names = _names_of(attributes)
    reason = _reason_of(tag, attributes, names)
    return Looks(
        reason=reason,
        body=_is_body(tag, attributes, names),
        standfirst=_is_standfirst(attributes, names),
        note=_is_note(attributes),
        begins=tag in _BEGINNERS and bool(said) and reason in _SPAN_REASONS,
        embed=names.embed,
        kind=f"{tag} {attributes.get('class', '')}",
    )


def _reason_of(tag: str, attributes: Mapping[str, str], names: _Names) -> str:
    """Return why the content of an element is furniture, as far as it says so itself; empty where it does not."""
    if not attributes:
        return TAGS.get(tag, "")
    if _is_note(attributes):
        return "notice"
    if tag in TAGS:
        return TAGS[tag]
    role = attributes.get("role", "").lower()
    return _ROLES.get(role) or _property_reason(attributes) or _own_reason(tag, names)


def _is_note(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element says that it is a note beside the text, whatever its tag."""
    return attributes.get("role", "").lower() == "note"


def _property_reason(attributes: Mapping[str, str]) -> str:
    prop = attributes.get("itemprop", "")
    if prop in {"caption", "author", "datePublished", "dateModified", "publisher", "comment"}:
        return {"caption": "caption", "author": "byline", "comment": "comments"}.get(
            prop, "publication_date"
        )
    if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
        return "hidden"
    return ""


def _own_reason(tag: str, names: _Names) -> str:
    reason = names.reason
    if tag in _WHOLE:
        return reason if reason in _WHOLE_REASONS else ""
    return reason


class _Names(NamedTuple):
    """What class names and ids say."""

    #: Kinds of furniture that they name, as bits in the order of `_HINTS`.
    furniture: int = 0
    body: bool = False
    standfirst: bool = False
    embed: bool = False

    @property
    def reason(self) -> str:
        """Return the first kind of furniture that is named; empty where none is."""
        first = (self.furniture & -self.furniture).bit_length()
        return _HINTS[first - 1][0] if first else ""


_SILENT = _Names()


def _names_of(attributes: Mapping[str, str]) -> _Names:
    """Return what the class names, the id and the name of the component of an element say."""
    classes = attributes.get("class", "")
    names = [
        *classes[:NAMES_CHARS].split(),
        attributes.get("id", ""),
        attributes.get("data-component", ""),
    ]
    said = [found for name in names if name and (found := _said_by(name)) is not _SILENT]
    if not said:
        return _SILENT
    furniture = 0
    for each in said:
        furniture |= each.furniture
    return _Names(
        furniture=0 if _POST.search(classes) else furniture,
        body=any(each.body for each in said),
        standfirst=any(each.standfirst for each in said),
        embed=any(each.embed for each in said),
    )


@lru_cache(maxsize=65_536)
def _said_by(name: str) -> _Names:
    """Return what one name says: the same few thousand names stand all over the press."""
    words = _APART.sub(" ", _CAMEL.sub(" ", name[:NAMES_CHARS])).lower().strip()
    furniture = 0
    if _ANY_HINT.search(words):
        for n, (_, pattern) in enumerate(_HINTS):
            furniture |= bool(pattern.search(words)) << n
    found = _Names(
        furniture=furniture,
        body=_BODY.search(words) is not None,
        standfirst=_STANDFIRST.search(words) is not None,
        embed=_EMBED.search(name) is not None,
    )
    return found if any(found) else _SILENT


def _is_body(tag: str, attributes: Mapping[str, str], names: _Names) -> bool:
    """Tell whether an element says that it holds the article's text."""
    if tag in {"article", "main"} or attributes.get("itemprop") in {"articleBody", "text"}:
        return True
    return attributes.get("role") in {"main", "article"} or names.body


def _is_standfirst(attributes: Mapping[str, str], names: _Names) -> bool:
    """Tell whether an element says that it holds the standfirst."""
    if attributes.get("itemprop") in {"description", "alternativeHeadline", "alternateName"}:
        return True
    return names.standfirst

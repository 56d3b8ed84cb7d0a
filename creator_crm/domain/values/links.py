"""Reads links to profiles and posts on the platforms creators use, and says which links are safe to open."""

import re
from functools import cache
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

LinkKind = Literal["profile", "video", "short", "tag", "music", "other"]


class Link(NamedTuple):
    """What a link points at; `video` is any single post, `short` what only the platform can resolve."""

    platform: str
    kind: LinkKind
    handle: str
    post_id: str
    url: str


LONGEST_LINK = 4_000
"""Characters of a link that is read or opened; the longest a browser is sure to take are fewer."""

_HOSTS = {
    "tiktok.com": "tiktok",
    "tiktokv.com": "tiktok",
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "youtube.com": "youtube",
    "youtube-nocookie.com": "youtube",
    "twitter.com": "x",
    "x.com": "x",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "snapchat.com": "snapchat",
    "twitch.tv": "twitch",
    "linkedin.com": "linkedin",
    "threads.net": "threads",
    "threads.com": "threads",
}
_SHORT_HOSTS = {
    "vm.tiktok.com": "tiktok",
    "vt.tiktok.com": "tiktok",
    "t.co": "x",
    "fb.watch": "facebook",
    "fb.me": "facebook",
    "pin.it": "pinterest",
    "lnkd.in": "linkedin",
    "t.snapchat.com": "snapchat",
}
# Tried in this order against the path without its outer slashes; the first that fits says what the link is.
_PATHS: dict[str, tuple[tuple[LinkKind, str], ...]] = {
    "tiktok": (
        ("video", r"@(?P<handle>[\w.\-]*)/(?:video|photo)/(?P<post>\d+)"),
        ("video", r"(?:v|embed|embed/v2|share/video|player/v1)/(?P<post>\d+)(?:\.html)?"),
        ("short", r"t/\w+"),
        ("tag", r"tag/.+"),
        ("music", r"music/.+"),
        ("profile", r"@(?P<handle>[\w.\-]+)"),
        ("other", r"@(?P<handle>[\w.\-]+)/.*"),
    ),
    "instagram": (
        ("music", r"reels?/audio/\w+"),
        ("video", r"(?:p|tv|reels?)/(?P<post>[\w\-]+)(?:/.*)?"),
        ("tag", r"explore/tags/.+"),
        ("short", r"share/.+"),
        ("other", r"stories/highlights/.*"),
        ("other", r"stories/(?P<handle>[\w.]+)(?:/.*)?"),
        ("other", r"(?:accounts|direct|about|developer|legal|explore|p|tv|reels?|stories|share|web)(?:/.*)?"),
        ("video", r"(?P<handle>[\w.]+)/(?:p|tv|reels?)/(?P<post>[\w\-]+)"),
        ("profile", r"(?:_u/|@)?(?P<handle>[\w.]+)"),
        ("other", r"(?P<handle>[\w.]+)/.*"),
    ),
    "youtube": (
        ("video", r"(?:shorts|embed|live|v|e)/(?P<post>[\w\-]{6,})"),
        ("tag", r"hashtag/.+"),
        ("profile", r"@(?P<handle>[^/\s]+)(?:/.*)?"),
        ("profile", r"(?:c|user|channel)/(?P<handle>[^/\s]+)(?:/.*)?"),
        (
            "other",
            r"(?:watch|playlist|results|feed|shorts|premium|gaming|about|t|live|embed|v|c|user|channel)(?:/.*)?",
        ),
        ("profile", r"(?P<handle>[^/\s@]+)"),
    ),
    "x": (
        ("video", r"(?:i(?:/web)?|(?P<handle>\w{1,15}))/status(?:es)?/(?P<post>\d+)(?:/.*)?"),
        ("tag", r"hashtag/.+"),
        (
            "other",
            r"(?:home|explore|search|i|intent|share|settings|login|notifications|messages|hashtag|tos)(?:/.*)?",
        ),
        ("profile", r"@?(?P<handle>\w{1,15})"),
        ("other", r"(?P<handle>\w{1,15})/.*"),
    ),
    "facebook": (
        ("video", r"(?:reel|watch/live)/(?P<post>\d+)"),
        ("video", r"(?P<handle>[\w.\-]+)/(?:videos|posts|photos)/(?:[^/]+/)*?(?P<post>\w+)"),
        ("short", r"share/.+"),
        ("tag", r"hashtag/.+"),
        ("profile", r"(?:people|pg|pages/category)/[^/]+/(?P<handle>\d+)"),
        ("other", r"(?:watch|groups|events|marketplace|gaming|login|help|pages|people|share|reel)(?:/.*)?"),
        ("other", r"(?:hashtag|ads|business)(?:/.*)?|\w+\.php"),
        ("profile", r"(?P<handle>[\w.\-]+)"),
        ("other", r"(?P<handle>[\w.\-]+)/.*"),
    ),
    "pinterest": (
        ("video", r"pin/(?:[^/]*--)?(?P<post>\d+)(?:/.*)?"),
        ("other", r"(?:ideas|search|explore|pin|today|business|about|login)(?:/.*)?"),
        ("profile", r"@?(?P<handle>\w+)(?:/_(?:created|saved))?"),
        ("other", r"(?P<handle>\w+)/.*"),
    ),
    "snapchat": (
        ("video", r"(?:@(?P<handle>[\w.\-]+)/)?spotlight/(?P<post>[\w\-]+)"),
        ("short", r"t/\w+"),
        ("profile", r"(?:add/|@)(?P<handle>[\w.\-]+)(?:/.*)?"),
    ),
    "twitch": (
        ("video", r"videos/(?P<post>\d+)"),
        ("video", r"(?P<handle>\w+)/(?:v|video|clip)/(?P<post>[\w\-]+)"),
        ("other", r"(?:directory|p|settings|downloads|jobs|store|turbo|videos|search|subscriptions)(?:/.*)?"),
        ("profile", r"(?P<handle>\w+)(?:/(?:about|videos|schedule|clips))?"),
    ),
    "linkedin": (
        ("video", r"feed/update/urn:li:\w+:(?P<post>\d+)"),
        ("video", r"posts/(?:(?P<handle>[^/_]+)_)?.*?-(?P<post>\d{15,})(?:-.*)?"),
        ("profile", r"(?:in|company|school|showcase)/(?P<handle>[^/\s]+)(?:/.*)?"),
    ),
    "threads": (
        ("video", r"@(?P<handle>[\w.]+)/post/(?P<post>[\w\-]+)"),
        ("video", r"t/(?P<post>[\w\-]+)"),
        ("profile", r"@(?P<handle>[\w.]+)(?:/.*)?"),
    ),
}
_PROFILES = {
    "tiktok": "https://www.tiktok.com/@{}",
    "instagram": "https://www.instagram.com/{}/",
    "youtube": "https://www.youtube.com/@{}",
    "x": "https://x.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "pinterest": "https://www.pinterest.com/{}/",
    "snapchat": "https://www.snapchat.com/add/{}",
    "twitch": "https://www.twitch.tv/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "threads": "https://www.threads.com/@{}",
}


def looks_like_link(text: str) -> bool:
    """Whether the text is a web address, or one of a known platform written without "https://"."""
    text = text.strip().casefold()
    if re.match(r"(?:[a-z][a-z0-9+.\-]*://|www\.|tiktokuser:)\S", text):
        return True
    return "/" in text and _platform(text.partition("/")[0])[0] != ""


def read_link(url: str) -> Link:
    """What the link is; a link of no known platform, or of a kind nobody asks for, is "other"."""
    url = url.strip()
    if len(url) > LONGEST_LINK:
        return Link("", "other", "", "", url)
    if url.startswith("tiktokuser:"):
        return Link("tiktok", "profile", "", "", url)
    try:
        parts = urlsplit(url if re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*://", url) else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return Link("", "other", "", "", url)
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return Link("", "other", "", "", url)
    platform, short = _platform(host)
    path = unquote(parts.path).strip("/")
    query = {name: values[0] for name, values in _query(parts.query).items()}
    if short:
        return Link(platform, "short" if path else "other", "", "", url)
    if host == "youtu.be":
        return Link("youtube", "video" if path else "other", "", path.partition("/")[0], url)
    if host == "clips.twitch.tv":
        return Link("twitch", "video" if path else "other", "", path.partition("/")[0], url)
    if platform in ("youtube", "facebook") and path in ("watch", "watch/", "profile.php"):
        return _from_query(platform, path, query, url)
    for kind, pattern in _PATHS.get(platform, ()):
        if found := re.fullmatch(pattern, path):
            groups = found.groupdict()
            handle = groups.get("handle") or ""
            # TikTok also writes its inner account number where the handle stands.
            if platform == "tiktok" and (handle.startswith("MS4w") or re.fullmatch(r"\d{15,}", handle)):
                handle = ""
            return Link(platform, kind, handle, groups.get("post") or "", url)
    return Link(platform, "other", "", "", url)


def profile_url(platform: str, handle: str) -> str:
    """The address of a profile, "" for a platform that is not known here or an empty handle."""
    handle = handle.strip().lstrip("@")
    pattern = _PROFILES.get(platform.casefold())
    if pattern is None or not handle:
        return ""
    if platform == "youtube" and re.fullmatch(r"UC[\w\-]{22}", handle):
        pattern = "https://www.youtube.com/channel/{}"
    return pattern.format(quote(handle, safe="._-~", errors="replace"))


def safe_link(url: str) -> bool:
    """Whether a link may be handed to the system: http, https or mailto, with nothing hidden in it."""
    if (
        len(url) > LONGEST_LINK
        or not url.isprintable()
        or re.search(r"[\s\\<>\"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]", url)
    ):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        asked = _query(parts.query)
        one_address = re.fullmatch(r"[^@,;:/?&%]+@[^@,;:/?&%]+", parts.path) is not None
        # A line break in the subject would let more headers in.
        return (
            one_address
            and asked.keys() <= {"subject", "body"}
            and "".join(asked.get("subject", "")).isprintable()
        )
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "%" in parts.netloc:
        return False
    return bool(host) and not host.startswith((".", "-")) and ".." not in host


@cache
def _platform(host: str) -> tuple[str, bool]:
    """The platform behind a host name, and whether the host only serves short links."""
    if host in _SHORT_HOSTS:
        return _SHORT_HOSTS[host], True
    if host == "youtu.be":
        return "youtube", False
    if re.fullmatch(r"(?:[a-z]{2,3}\.)?pinterest\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})", host):
        return "pinterest", False
    bare = re.sub(r"^(?:(?:www|m|mobile|web|[a-z]{2}(?:-[a-z]{2})?|music|clips)\.)", "", host)
    return _HOSTS.get(bare, ""), False


def _query(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query, max_num_fields=50)
    except ValueError:
        return {"too many": [""]}


def _from_query(platform: str, path: str, query: dict[str, str], url: str) -> Link:
    """A link whose subject stands after the question mark: watch?v=…, profile.php?id=…"""
    if path == "profile.php":
        number = query.get("id", "")
        return Link(platform, "profile" if number.isdecimal() else "other", number, "", url)
    post = query.get("v", "")
    return Link(platform, "video" if post else "other", "", post, url)

"""Which parameters of an address only say where a reader came from.

Three lists, from what the press of many countries and its newsletter, advertising and statistics systems add: names that always
track, families by prefix, and names that track only with a channel's name as their value, because elsewhere they name an
article or a list (`?from=123`, `?source=politics`). Names such as `id`, `p`, `cid`, `sid` are never dropped.
"""

from __future__ import annotations

from urllib.parse import unquote_plus

import regex

#: Names that always track.
TRACKING = frozenset(
    {
        "__cft__", "__s", "__tn__", "__twitter_impression", "_bta_tid", "_ga", "_gac", "_gl", "_hsenc", "_hsmi", "_ke",
        "_openstat", "amp_gsa", "amp_js_v", "aspsessionid", "awc", "ceid", "cmp", "cmpid", "ck_subscriber_id", "cndid",
        "dclid", "dicbo", "dm_i", "ecid", "echobox", "efid", "elqtrack", "elqtrackid", "emailid", "epik", "et_cid", "et_rid",
        "fb_action_ids", "fb_action_types", "fb_comment_id", "fb_ref", "fb_source", "fbclid", "feedname", "feedtype", "frommail",
        "gad_campaignid", "gad_source", "gbraid", "gclid", "gclsrc", "gepc", "guccounter", "guce_referrer",
        "guce_referrer_sig", "hsctatracking", "icid", "id_externo_rsoc", "igsh", "igshid", "intcid", "intcmp",
        "iref", "irclickid", "irgwc", "isappinstalled", "ito", "jsessionid", "li_fat_id", "mbid", "mc_cid", "mc_eid",
        "mibextid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "msclkid", "n_cid", "ncid", "nsukey", "ob_click_id",
        "ocid", "oly_anon_id", "oly_enc_id", "openinapp", "pfrom", "phpsessid", "rb_clickid", "recirc", "ref_src",
        "ref_url", "refresh_ce", "s_cid", "s_kwcid", "scid", "share_from", "share_source", "share_token", "share_uid",
        "shareuid", "smid", "smtyp", "soc_src", "soc_trk", "sr_share", "srsltid", "ssm", "taid", "tblci", "tg_rhash",
        "tpcc", "traffic_source", "trk", "trkcampaign", "ttclid", "twclid", "usqp", "vero_conv", "vero_id", "wbraid",
        "wickedid", "wkid", "wt_mc", "wt_zmc", "wtmc", "xtor", "yclid", "ymclid", "ysclid", "zanpid",
    }
)  # fmt: skip
#: Families by prefix.
TRACKING_PREFIXES = (
    "__amp_", "__cft__[", "__twitter", "aspsessionid", "at_", "bsft_", "dop_", "fb_action", "guce_", "hsa_", "int_campaign",
    "int_medium", "int_source", "itm_", "lmd_", "matomo_", "mtm_", "ns_", "oly_", "piwik_", "pk_", "sara_", "sfmc_", "spm",
    "stm_", "trk_", "utm-", "utm_", "vero_", "wt.", "xing_share",
)  # fmt: skip
#: Names that track where their value is a channel.
OFTEN_TRACKING = frozenset(
    {
        "amp", "app", "campaign", "feature", "feed", "from", "fr", "medium", "origin", "output", "outputtype", "partner",
        "platform", "ref", "referer", "referrer", "rss", "sender", "share", "shared", "source", "src", "via",
    }
)  # fmt: skip
#: Channels by which readers come, as values begin; a flag that says only "yes" counts for the names below.
_CHANNEL = regex.compile(
    r"(?:rss|feed|atom|syndication|amp|push|e-?mail|mail|news-?letters?|newsletter|nl|social|share[dr]?|sharing|copy(?:link)?|"
    r"twitter|tw|x|t\.co|facebook|fb|instagram|insta|ig|whatsapp|wa|telegram|tg|viber|line|kakao(?:talk)?|naver|zalo|vk(?:ontakte)?|"
    r"ok|weibo|wei[xc]in|wechat|wx|qq|singlemessage|groupmessage|timeline|linkedin|reddit|pinterest|youtube|tiktok|threads|"
    r"bluesky|mastodon|google(?:news)?|gnews|yahoo|bing|yandex|dzen|zen|flipboard|pocket|apple(?:news)?|msn|smartnews|"
    r"home-?page|home|hp|front(?:page)?|main|side-?bar|widget|banner|ticker|teaser|related|recommend(?:ed)?|most-?read|"
    r"trending|mobile(?:app)?|app|android|ios|web(?:site)?|direct|qr|bookmark)(?:$|[-_.:|~/\s]\S*)"
)  # fmt: skip
_FLAGS = frozenset({"", "1", "true", "yes", "y"})
_FLAG_NAMES = frozenset({"amp", "app", "feed", "rss", "share", "shared"})


def tracks(pair: str) -> bool:
    """Tell whether a `name=value` of a query only tracks the reader."""
    written, _, value = pair.partition("=")
    name = unquote_plus(written).strip().lower().removeprefix("amp;")
    if name in TRACKING or name.startswith(TRACKING_PREFIXES):
        return True
    channel = unquote_plus(value).strip().lower()
    if name == "mod":  # a module of many Chinese and Turkish systems, a link's place in some others
        return channel.startswith(("rss", "hp_", "djem"))
    if name not in OFTEN_TRACKING:
        return False
    return (name in _FLAG_NAMES and channel in _FLAGS) or bool(_CHANNEL.match(channel))

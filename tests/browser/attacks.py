"""Text that tries to run, to break out or to disturb, for every field an article has."""

ATTACKS = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "<svg onload=document.title='owned'>",
    '" onmouseover="document.title=\'owned\'" x="',
    "' autofocus onfocus='document.title=1' x='",
    "</textarea></title></style></script><script>document.title='owned'</script>",
    "<a href=\"javascript:document.title='owned'\">click</a>",
    "[click](javascript:alert(1)) **bold** `code` $$x^2$$",
    "{{constructor.constructor('document.title=1')()}} ${document.title='owned'} @children",
    "&lt;b&gt; &amp; &#x3c;script&#x3e;",
    "<iframe src=https://example.org></iframe><link rel=stylesheet href=https://example.org/x.css>",
    "<img src=https://example.org/pixel.png><style>@import 'https://example.org/y.css'</style>",
    "<form action=https://example.org><input name=q autofocus></form><base href=https://example.org>",
    "\u202eright to left\u2066 override",
    "שלום עולם مرحبا",
    "e\u0301\u0323\u0338\u0301\u0323\u0338 İstanbul",
    "\x00nul \x1b[31mescape \x7fdelete",
    "W" * 3000,
)

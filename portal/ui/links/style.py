"""The one style of every link page: still water, in the reader's light."""

import hashlib
from base64 import b64encode

from portal.ui.tokens import DARK, FONT, LIGHT, RADIUS, colours

# Text of these pages keeps to AAA (7:1): small words are darker here, and what is pressed takes the strong accent.
DAY = LIGHT | {"quiet": "#3b4d57", "accent": LIGHT["accent-strong"]}
NIGHT = DARK | {"quiet": "#b4c3cb", "accent": DARK["accent-strong"]}
CSS = (
    f":root{{color-scheme:light dark;{colours(DAY)}--radius:{RADIUS}}}"
    f"@media(prefers-color-scheme:dark){{:root{{{colours(NIGHT)}}}}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--page);color:var(--ink);"
    f"font:1rem/1.5 {FONT};overflow-wrap:break-word}}"
    "main,footer,header{max-width:34rem;margin:0 auto;padding:0 16px}"
    "header{padding-top:24px;color:var(--quiet);font-size:.875rem}"
    "main{margin-top:12px;padding:24px 16px;background:var(--surface);"
    "border:1px solid var(--line);border-radius:var(--radius)}"
    "footer{padding:16px;color:var(--quiet);font-size:.8125rem;display:flex;flex-wrap:wrap;gap:0 16px}"
    "@media(max-width:34rem){main{border-left:0;border-right:0;border-radius:0}}"
    "h2{margin:24px 0 8px;font-size:1rem}h1{margin:0 0 12px;font-size:1.25rem;line-height:1.3}p{margin:0 0 16px}"
    "form{margin:0 0 16px}main>:last-child{margin-bottom:0}"
    "label{display:block;margin:0 0 4px;font-weight:600}"
    "input,textarea,select{display:block;width:100%;min-height:44px;margin:0 0 16px;padding:8px 12px;font:inherit;"
    "color:inherit;background:var(--page);border:1px solid var(--edge);border-radius:var(--radius)}"
    "input[type=hidden]{display:none}"
    "input.code{max-width:14rem;font-size:1.25rem;letter-spacing:.12em;font-variant-numeric:tabular-nums}"
    "button,.button{display:block;width:100%;min-height:44px;margin:0 0 8px;padding:10px 16px;font:inherit;"
    "font-weight:600;text-align:center;text-decoration:none;cursor:pointer;color:var(--ink);"
    "background:var(--surface);border:1px solid var(--edge);border-radius:var(--radius)}"
    ".first{color:var(--on-accent);background:var(--accent);border-color:var(--accent)}"
    "footer button,footer a{display:inline-block;width:auto;min-height:44px;margin:0;padding:12px 0;font:inherit;"
    "color:var(--quiet);background:none;border:0;text-decoration:underline}footer form{margin:0}footer p{width:100%;margin:0}"
    "a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}"
    "blockquote{margin:0 0 16px;padding:4px 16px;border-left:3px solid var(--line)}"
    ".note{padding:12px 16px;color:var(--ink);background:var(--todo-soft);border-left:3px solid var(--todo)}"
    "fieldset{margin:0 0 20px;padding:0;border:0}legend{padding:0;margin:0 0 8px;font-weight:600}"
    ".pick{display:flex;align-items:center;gap:8px;min-height:44px;margin:0;font-weight:400}"
    ".pick input{width:20px;height:20px;min-height:0;margin:0}"
    ".wrong{margin:0 0 8px;padding-left:12px;font-weight:600;border-left:3px solid var(--todo)}"
    "[aria-invalid=true]{border-color:var(--todo)}"
    ".steps{display:grid;grid-template-columns:repeat(auto-fill,minmax(56px,1fr));gap:0 8px}"
    "dl{margin:0 0 16px}dt{color:var(--quiet);font-size:.875rem}dd{margin:0 0 8px}"
    ".small{font-size:.8125rem;color:var(--quiet)}"
)
# Only this very style may dress the page; nothing may run on it, frame it, or take its forms elsewhere.
POLICY = (
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(hashlib.sha256(CSS.encode()).digest()).decode()}'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": POLICY,
}

"""The one style of every link page: still water, in the reader's light."""

import hashlib
from base64 import b64encode

_LIGHT = (
    "--page:#f3f6f7;--surface:#fff;--line:#d3dde1;--edge:#768a95;--ink:#12242c;--quiet:#3b4d57;"
    "--accent:#0a6470;--on:#fff;--soft:#dceef0;--todo:#8a4508;--todo-soft:#fcefdf;--loss:#b3261e"
)
_DARK = (
    "--page:#0e171c;--surface:#15222a;--line:#2a3c46;--edge:#6e8793;--ink:#e5edf0;--quiet:#b4c3cb;"
    "--accent:#63c4cd;--on:#04252a;--soft:#12353c;--todo:#f2ae6a;--todo-soft:#36260f;--loss:#ff8f85"
)
CSS = (
    f":root{{color-scheme:light dark;{_LIGHT}}}@media(prefers-color-scheme:dark){{:root{{{_DARK}}}}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,'Segoe UI',"
    "Roboto,'Helvetica Neue','Noto Sans',Arial,sans-serif;overflow-wrap:break-word}"
    "main,footer,header{max-width:34rem;margin:0 auto;padding:0 16px}"
    "header{padding-top:24px;color:var(--quiet);font-size:.875rem}"
    "main{margin-top:12px;padding:24px 16px;background:var(--surface);border:1px solid var(--line);border-radius:8px}"
    "footer{padding:16px;color:var(--quiet);font-size:.8125rem;display:flex;flex-wrap:wrap;gap:0 16px}"
    "h1{margin:0 0 12px;font-size:1.25rem;line-height:1.3}p{margin:0 0 16px}"
    "form{margin:0 0 16px}main>:last-child{margin-bottom:0}"
    "label{display:block;margin:0 0 4px;font-weight:600}"
    "input,textarea,select{display:block;width:100%;min-height:44px;margin:0 0 16px;padding:8px 12px;font:inherit;"
    "color:inherit;background:var(--page);border:1px solid var(--edge);border-radius:8px}"
    "input[type=hidden]{display:none}"
    "input.code{max-width:14rem;font-size:1.25rem;letter-spacing:.12em;font-variant-numeric:tabular-nums}"
    "button,.button{display:block;width:100%;min-height:44px;margin:0 0 8px;padding:10px 16px;font:inherit;"
    "font-weight:600;text-align:center;text-decoration:none;cursor:pointer;color:var(--ink);"
    "background:var(--surface);border:1px solid var(--edge);border-radius:8px}"
    ".first{color:var(--on);background:var(--accent);border-color:var(--accent)}"
    "footer button{display:inline-block;width:auto;margin:0;padding:10px 0;font-weight:400;color:var(--quiet);"
    "background:none;border:0;text-decoration:underline}footer form{margin:0}"
    "a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}"
    "blockquote{margin:0 0 16px;padding:4px 16px;border-left:3px solid var(--line)}"
    ".note{padding:12px 16px;color:var(--ink);background:var(--todo-soft);border-left:3px solid var(--todo)}"
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

import { escapeHtml } from './html.ts';

/**
 * A page for whoever follows a link of ours: no account, no script, readable with a keyboard, a screen reader, on a telephone and in the dark.
 * `title` is text, `body` is HTML.
 */
export const publicPage = (title: string, body: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
:root{color-scheme:light dark;--ground:#f3f4f6;--paper:#fff;--ink:#1f2937;--quiet:#4b5563;--line:#9ca3af;--deep:#1d4ed8;--on:#fff;--wrong:#b91c1c}
@media (prefers-color-scheme:dark){:root{--ground:#111827;--paper:#1f2937;--ink:#f3f4f6;--quiet:#d1d5db;--line:#6b7280;--deep:#93c5fd;--on:#111827;--wrong:#fca5a5}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);font:17px/1.55 system-ui,sans-serif}
main{width:min(34rem,calc(100% - 2rem));margin:1rem;padding:1.75rem 2rem;background:var(--paper);border-radius:12px;box-shadow:0 1px 4px rgb(0 0 0/.18)}
h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.3}
p{margin:.75rem 0}
fieldset{margin:1.25rem 0;padding:0;border:0}
legend,label[for]{display:block;margin-bottom:.5rem;font-weight:600}
.score{display:flex;align-items:center;gap:.75rem;margin:.35rem 0;padding:.6rem .8rem;border:1px solid var(--line);border-radius:8px;cursor:pointer}
.score:has(:checked){border-color:var(--deep);box-shadow:inset 0 0 0 1px var(--deep)}
.score input{width:1.15rem;height:1.15rem;accent-color:var(--deep)}
.score b{min-width:1ch}
textarea{width:100%;min-height:7rem;padding:.6rem .8rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button{margin-top:1rem;padding:.75rem 1.25rem;border:0;border-radius:8px;background:var(--deep);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid var(--deep);outline-offset:2px}
.wrong{color:var(--wrong);font-weight:600}
small{color:var(--quiet)}
</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body>
</html>
`;

/** The look, as a constructed sheet: a strict CSP needs no inline style. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host{
--accent:var(--clausewise-accent,light-dark(#17479e,#9dbcff));
--on-accent:var(--clausewise-on-accent,light-dark(#fff,#0d1626));
--paper:light-dark(#fff,#12161d);
--wash:light-dark(#f4f6f9,#1a202a);
--ink:light-dark(#101828,#f0f3f8);
--soft:light-dark(#475467,#b4bfce);
--line:light-dark(#d5dbe4,#364152);
--edge:light-dark(#667085,#8c99ab);
--mark:light-dark(#ffedb0,#5f4b06);
--rule:light-dark(#b77900,#ffc933);
--good:light-dark(#0b6b45,#6bd3a4);
--bad:light-dark(#b3261e,#ff9d94);
--gap:var(--clausewise-offset,20px);
--hair:1px solid var(--line);
color-scheme:light dark;
display:block;
font:400 16px/1.5 var(--clausewise-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif) !important;
color:var(--ink) !important;
letter-spacing:normal !important;
text-transform:none !important;
text-align:start !important;
overflow-wrap:anywhere;
}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([hidden]),[hidden],dialog:not([open]){display:none !important}
:host(:is([colour],[color])){--on-accent:var(--clausewise-on-accent,oklch(from var(--accent) clamp(0,(.57 - l)*999,1) 0 0))}
*{box-sizing:border-box}
h1,h2,h3,p,ol,ul,blockquote{margin:0;padding:0;font-weight:inherit;font-size:inherit}
ol,ul{list-style:none}
button,textarea{font:inherit;color:inherit}
button{cursor:pointer}
.down{rotate:180deg}
svg{width:1.25em;height:1.25em;fill:currentColor;flex:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 2px var(--paper)}
[tabindex="-1"]:focus{outline:none;box-shadow:none}

.launcher{
position:fixed;z-index:2147483000;bottom:var(--gap);right:var(--gap);
display:flex;gap:10px;align-items:center;min-height:52px;padding:8px 20px 8px 16px;
border:2px solid transparent;border-radius:999px;background:var(--accent);color:var(--on-accent);
font-weight:600;box-shadow:0 4px 16px #0004;
}
:host([corner=left]) :is(.launcher,.panel){right:auto;left:var(--gap)}
.panel{
position:fixed;z-index:2147483000;inset:auto var(--gap) var(--gap) auto;
margin:0;padding:0;max-width:none;max-height:none;color:inherit;display:flex;flex-direction:column;overflow:hidden;
width:min(var(--clausewise-width,416px),calc(100vw - 40px));height:min(var(--clausewise-height,704px),calc(100dvh - 40px));
background:var(--paper);border:var(--hair);border-radius:14px;box-shadow:0 12px 40px #0003;
container:panel / inline-size;
}
:host(:not([inline])[data-reading]) .panel{width:min(928px,calc(100vw - 40px))}
:host([inline]){height:var(--clausewise-height,640px)}
:host([inline]) .panel{position:static;width:100%;height:100%;border:0;border-radius:0;box-shadow:none}

header{display:flex;align-items:center;gap:12px;padding:11px 20px;border-bottom:var(--hair)}
.brand{flex:1;min-width:0}
.brand :is(h1,h2),.reader h2{font-size:20px;line-height:1.3;font-weight:700;letter-spacing:-.01em}
.body{flex:1;min-height:0;display:flex;position:relative}
.talk{flex:1;min-width:0;display:flex;flex-direction:column}
.scroll{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;scroll-padding:16px}
.log,.ask{width:100%;max-width:736px;margin:0 auto;padding:20px}

.plain,.quiet{
display:inline-flex;align-items:center;gap:6px;min-height:40px;padding:6px 13px;
border:1px solid var(--edge);border-radius:8px;background:var(--paper);font-weight:600;font-size:15px;
}
.quiet{border-color:transparent;background:none;color:var(--soft);font-weight:500;padding:6px 9px}
:is(.plain,.quiet,.suggestions button):hover{background:var(--wash);color:var(--ink)}
.quiet[aria-pressed=true]{color:var(--accent);background:var(--wash)}

.welcome{padding-top:8px}
.welcome h2{font-size:28px;line-height:1.2;font-weight:700;letter-spacing:-.02em;margin-bottom:10px}
.welcome p{color:var(--soft);max-width:576px}
.suggestions{margin-top:24px}
.suggestions h3,.sources h3{margin-bottom:8px}
.suggestions ul{display:grid;gap:8px}
.suggestions button{
width:100%;min-height:44px;padding:9px 14px;text-align:start;border:var(--hair);border-radius:10px;
background:var(--paper);color:var(--accent);font-weight:500;
}

.turn{padding-bottom:24px;margin-bottom:24px;border-bottom:var(--hair)}
.turn:last-child{border:0;margin:0}
.question{font-size:19px;line-height:1.35;font-weight:700;letter-spacing:-.01em;margin-bottom:14px}
.status{display:flex;align-items:center;gap:6px;font-size:14px;font-weight:600;color:var(--good);margin-bottom:8px}
:is(.not_found,.declined) .status{color:var(--soft)}
.value{font-size:28px;line-height:1.2;font-weight:700;letter-spacing:-.02em;margin-bottom:8px}
.text{font-size:17px;white-space:pre-line}
.lines{display:grid;gap:8px;margin:10px 0 0;padding-left:20px;list-style:disc}
.sides + .text{margin-top:14px;font-weight:600}
.marker,.number{min-width:24px;height:24px;border-radius:6px;font-size:13px;font-weight:700}
.keep{white-space:nowrap}
.marker{padding:0 5px;margin:0 1.6px;border:var(--hair);background:var(--wash);color:var(--accent);line-height:1;vertical-align:.1em}
.sides{display:grid;gap:16px}
.sources:is(.side *) h3{display:none}
.label{margin-bottom:4px}
.side{border:var(--hair);border-radius:12px;padding:16px}
.sources{margin-top:18px}
.sources ol,.related ul{display:grid;gap:14px}
.chip{
display:flex;gap:11px;width:100%;min-height:44px;padding:8px 12px 8px 9px;text-align:start;align-items:flex-start;
border:var(--hair);border-radius:10px;background:var(--wash);
}
.chip:hover,.chip[aria-current]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.chip:focus-visible{box-shadow:0 0 0 2px var(--paper)}
.number{flex:none;background:var(--accent);color:var(--on-accent);line-height:24px;text-align:center}
.what{min-width:0;display:grid}
.title{font-weight:600;line-height:1.35;color:var(--accent);text-decoration:underline;text-underline-offset:.15em;text-decoration-thickness:1px}
blockquote{margin:10px 0 0 4px;padding-left:14px;border-left:4px solid var(--rule);font-size:15px;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:5;overflow:hidden}
.related{margin-top:20px}
.related summary{cursor:pointer;min-height:32px}
.brand p,.where,.hint,.note,.left,.suggestions h3,.sources h3,summary{font-size:14px;color:var(--soft)}
.suggestions h3,.sources h3,summary{font-weight:600}
.trouble h3,.reader h3,.label{font-weight:700}
.related .hint{margin-bottom:10px}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:1.6px;margin:12px 0 0 -8px}
.note{padding-left:6px}
.comment{display:grid;gap:8px;margin-top:8px;justify-items:start}
.comment label{width:100%;font-size:14px;font-weight:600}
.stage{color:var(--soft);display:flex;align-items:center;gap:10px}
.stage::before{content:"";width:11px;height:11px;border-radius:50%;background:var(--accent);animation:breathe 1.2s ease-in-out infinite alternate}
@keyframes breathe{from{opacity:.25;transform:scale(.8)}}
.trouble{border-left:5px solid var(--bad);padding:4px 0 4px 16px;display:grid;gap:8px;justify-items:start}

.ask{padding-top:12px;padding-bottom:14px;position:relative}
.ask::before{content:"";position:absolute;inset:0 20px auto;border-top:var(--hair)}
.ask > label{display:block;font-weight:600;margin-bottom:6px}
.field{display:flex;gap:8px;align-items:flex-end}
textarea{display:block;width:100%;min-height:46px;padding:10px 12px;border:2px solid var(--edge);border-radius:10px;background:var(--paper);resize:none;line-height:1.4}
textarea:focus-visible{outline-offset:0;box-shadow:none}
[aria-invalid=true]{border-color:var(--bad)}
.wrong{color:var(--bad);font-weight:600;font-size:15px}
.wrong:not(:empty){margin-bottom:6px}
.send{flex:none;min-height:46px;min-width:80px;padding:0 18px;border:2px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on-accent);font-weight:700}
.send:hover{filter:brightness(1.1)}
.send.stop{background:var(--paper);color:var(--ink);border-color:var(--edge)}
.under{display:flex;justify-content:space-between;gap:16px;margin-top:6px}

.reader{position:absolute;inset:0;z-index:1;display:flex;flex-direction:column;background:var(--paper)}
.reader-head{padding:6px 20px 12px;border-bottom:var(--hair)}
.reader-head .quiet{margin-left:-9px}
.reader .scroll{padding:0 20px 32px}
.reader h3{margin:18px 0 6px}
.passage{margin-top:12px}
.clause{padding:6px 12px;margin-left:-12px;border-left:3px solid transparent;color:var(--soft)}
.clause.cited{color:var(--ink);border-color:var(--rule)}
.depth1{margin-left:12px} .depth2,.depth3{margin-left:36px}
mark{background:var(--mark);color:inherit;padding:.1em 0;box-decoration-break:clone}
.whole{margin-top:20px}
a{color:var(--accent);font-weight:600;text-underline-offset:.15em}

@container panel (max-width:512px){.brand p{display:none}}
@container panel (min-width:832px){
.reader{position:static;flex:0 0 44%;max-width:544px;border-left:var(--hair);background:var(--wash)}
}
@container panel (min-width:640px){
.sides{grid-template-columns:repeat(auto-fit,minmax(240px,1fr))}
:host([inline]) .value{font-size:34px}
:host([inline]) .welcome{padding-top:7vh}
:host([inline]) .welcome h2{font-size:38px}
}
@media (max-width:480px){
:host(:not([inline])) .panel{inset:0 !important;width:100% !important;height:100% !important;border:0;border-radius:0}
header,.log,.ask,.reader .scroll,.reader-head{padding-inline:16px}
.ask::before{inset-inline:16px}
.brand p,.under .hint{display:none}
}
@media (max-height:480px){
.under,.brand p{display:none}
.ask > label{position:absolute;clip-path:inset(50%)}
}
@media (prefers-reduced-motion:reduce){*,::before{animation:none !important;transition:none !important}}
@media (forced-colors:active){mark{outline:1px solid} .chip,.send,.launcher{border-color:ButtonText}}
`);

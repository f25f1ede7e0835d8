/** The look of the widget, as a constructed sheet: a strict CSP needs no inline style. */
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
color-scheme:light dark;
display:block;
font:400 1rem/1.5 var(--clausewise-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif);
color:var(--ink);
text-align:start;
}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([hidden]),[hidden]{display:none !important}
*{box-sizing:border-box}
h1,h2,h3,p,ol,ul,blockquote{margin:0;padding:0;font-weight:inherit;font-size:inherit}
ol,ul{list-style:none}
button,textarea{font:inherit;color:inherit}
button{cursor:pointer}
svg{width:1.25em;height:1.25em;fill:currentColor;flex:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 2px var(--paper)}
[tabindex="-1"]:focus{outline:none;box-shadow:none}

.launcher{
position:fixed;z-index:2147483000;bottom:var(--clausewise-offset,1.25rem);right:var(--clausewise-offset,1.25rem);
display:flex;gap:.6rem;align-items:center;min-height:52px;padding:.5rem 1.25rem .5rem 1rem;
border:2px solid transparent;border-radius:999px;background:var(--accent);color:var(--on-accent);
font-weight:600;box-shadow:0 4px 16px #0004;
}
:host([corner=left]) :is(.launcher,.panel){right:auto;left:var(--clausewise-offset,1.25rem)}
.panel{
position:fixed;z-index:2147483000;bottom:var(--clausewise-offset,1.25rem);right:var(--clausewise-offset,1.25rem);
display:flex;flex-direction:column;overflow:hidden;
width:min(var(--clausewise-width,26rem),calc(100vw - 2.5rem));height:min(var(--clausewise-height,44rem),calc(100dvh - 2.5rem));
background:var(--paper);border:1px solid var(--line);border-radius:14px;box-shadow:0 12px 40px #0003;
container:panel / inline-size;
}
:host(:not([inline])[data-reading]) .panel{width:min(58rem,calc(100vw - 2.5rem))}
:host([inline]){height:var(--clausewise-height,40rem)}
:host([inline]) .panel{position:static;width:100%;height:100%;border:0;border-radius:0;box-shadow:none}

header{display:flex;align-items:center;gap:.75rem;padding:.7rem 1.25rem;border-bottom:1px solid var(--line)}
.brand{flex:1;min-width:0}
.brand :is(h1,h2){font-size:1.25rem;line-height:1.3;font-weight:700;letter-spacing:-.01em}
.brand p{font-size:.875rem;color:var(--soft)}
.body{flex:1;min-height:0;display:flex;position:relative}
.talk{flex:1;min-width:0;display:flex;flex-direction:column}
.scroll{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;scroll-padding:1rem}
.log,.ask{width:100%;max-width:46rem;margin:0 auto;padding:1.25rem}

.plain,.quiet{
display:inline-flex;align-items:center;gap:.4rem;min-height:40px;padding:.35rem .8rem;
border:1px solid var(--edge);border-radius:8px;background:var(--paper);font-weight:600;font-size:.9375rem;
}
.quiet{border-color:transparent;background:none;color:var(--soft);font-weight:500;padding:.35rem .55rem}
:is(.plain,.quiet,.suggestions button):hover{background:var(--wash);color:var(--ink)}
.quiet[aria-pressed=true]{color:var(--accent);background:var(--wash)}

.welcome{padding-top:.5rem}
.welcome h2{font-size:1.75rem;line-height:1.2;font-weight:700;letter-spacing:-.02em;margin-bottom:.6rem}
.welcome p{color:var(--soft);max-width:36rem}
.suggestions{margin-top:1.5rem}
.suggestions h3,.sources h3{font-size:.875rem;font-weight:600;color:var(--soft);margin-bottom:.5rem}
.suggestions ul{display:grid;gap:.5rem}
.suggestions button{
width:100%;min-height:44px;padding:.55rem .9rem;text-align:start;border:1px solid var(--line);border-radius:10px;
background:var(--paper);color:var(--accent);font-weight:500;
}

.turn{padding-bottom:1.5rem;margin-bottom:1.5rem;border-bottom:1px solid var(--line)}
.turn:last-child{border:0;margin:0}
.question{font-size:1.1875rem;line-height:1.35;font-weight:700;letter-spacing:-.01em;margin-bottom:.9rem;overflow-wrap:anywhere}
.status{display:flex;align-items:center;gap:.4rem;font-size:.875rem;font-weight:600;color:var(--good);margin-bottom:.5rem}
:is(.not_found,.declined) .status{color:var(--soft)}
.value{font-size:1.75rem;line-height:1.2;font-weight:700;letter-spacing:-.02em;margin-bottom:.5rem;overflow-wrap:anywhere}
.text{font-size:1.0625rem;overflow-wrap:anywhere;white-space:pre-line}
.lines{display:grid;gap:.5rem;margin:.6rem 0 0;padding-left:1.25rem;list-style:disc}
.sides + .text{margin-top:.9rem;font-weight:600}
.marker{
min-width:24px;height:24px;padding:0 .3rem;margin:0 .1rem;border:1px solid var(--line);border-radius:6px;
background:var(--wash);color:var(--accent);font-size:.8125rem;font-weight:700;line-height:1;vertical-align:.1em;
}
.sides{display:grid;gap:1rem}
.sources:is(.side *) h3{display:none}
.label{font-weight:700;margin-bottom:.25rem}
.side{border:1px solid var(--line);border-radius:12px;padding:1rem}
.sources{margin-top:1.1rem}
.sources ol,.related ul{display:grid;gap:.9rem}
.chip{
display:flex;gap:.7rem;width:100%;min-height:44px;padding:.5rem .75rem .5rem .55rem;text-align:start;align-items:flex-start;
border:1px solid var(--line);border-radius:10px;background:var(--wash);
}
.chip:hover,.chip[aria-current]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.chip:focus-visible{box-shadow:0 0 0 2px var(--paper)}
.number{flex:none;min-width:24px;height:24px;border-radius:6px;background:var(--accent);color:var(--on-accent);font-size:.8125rem;font-weight:700;line-height:24px;text-align:center}
.what{min-width:0;display:grid}
.title{font-weight:600;line-height:1.35;color:var(--accent);text-decoration:underline;text-underline-offset:.15em;text-decoration-thickness:1px;overflow-wrap:anywhere}
.where{font-size:.875rem;color:var(--soft)}
blockquote{margin:.6rem 0 0 .25rem;padding-left:.9rem;border-left:4px solid var(--rule);font-size:.9375rem;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:5;overflow:hidden;overflow-wrap:anywhere}
.related{margin-top:1.25rem}
.related summary{font-size:.875rem;font-weight:600;color:var(--soft);cursor:pointer;min-height:32px}
.hint,.note,.left{font-size:.875rem;color:var(--soft)}
.related .hint{margin-bottom:.6rem}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:.1rem;margin:.75rem 0 0 -.5rem}
.note{padding-left:.4rem}
.comment{display:grid;gap:.5rem;margin-top:.5rem;justify-items:start}
.comment label{width:100%;font-size:.875rem;font-weight:600}
.stage{color:var(--soft);display:flex;align-items:center;gap:.6rem}
.stage::before{content:"";width:.7rem;height:.7rem;border-radius:50%;background:var(--accent);animation:breathe 1.2s ease-in-out infinite alternate}
@keyframes breathe{from{opacity:.25;transform:scale(.8)}}
.trouble{border-left:5px solid var(--bad);padding:.25rem 0 .25rem 1rem;display:grid;gap:.5rem;justify-items:start}
.trouble h3{font-weight:700}

.ask{padding-top:.75rem;padding-bottom:.9rem;position:relative}
.ask::before{content:"";position:absolute;inset:0 1.25rem auto;border-top:1px solid var(--line)}
.ask > label{display:block;font-weight:600;margin-bottom:.35rem}
.field{display:flex;gap:.5rem;align-items:flex-end}
textarea{display:block;width:100%;min-height:46px;padding:.6rem .75rem;border:2px solid var(--edge);border-radius:10px;background:var(--paper);resize:none;line-height:1.4}
textarea:focus-visible{outline-offset:0;box-shadow:none}
[aria-invalid=true]{border-color:var(--bad)}
.wrong{color:var(--bad);font-weight:600;font-size:.9375rem}
.wrong:not(:empty){margin-bottom:.35rem}
.send{flex:none;min-height:46px;min-width:5rem;padding:0 1.1rem;border:2px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on-accent);font-weight:700}
.send:hover{filter:brightness(1.1)}
.send.stop{background:var(--paper);color:var(--ink);border-color:var(--edge)}
.under{display:flex;justify-content:space-between;gap:1rem;margin-top:.4rem}

.reader{position:absolute;inset:0;z-index:1;display:flex;flex-direction:column;background:var(--paper)}
.reader-head{padding:.4rem 1.25rem .75rem;border-bottom:1px solid var(--line)}
.reader-head .quiet{margin-left:-.55rem}
.reader .scroll{padding:0 1.25rem 2rem}
.reader h2{font-size:1.25rem;font-weight:700;line-height:1.3}
.reader h3{font-weight:700;margin:1.1rem 0 .4rem}
.passage{margin-top:.75rem}
.clause{padding:.4rem .75rem;margin-left:-.75rem;border-left:3px solid transparent;color:var(--soft);overflow-wrap:anywhere}
.clause.cited{color:var(--ink);border-color:var(--rule)}
.depth1{margin-left:.75rem} .depth2,.depth3{margin-left:2.25rem}
mark{background:var(--mark);color:inherit;padding:.1em 0;box-decoration-break:clone}
.whole{margin-top:1.25rem}
a{color:var(--accent);font-weight:600;text-underline-offset:.15em}

@container panel (max-width:32rem){.brand p{display:none}}
@container panel (min-width:52rem){
.reader{position:static;flex:0 0 44%;max-width:34rem;border-left:1px solid var(--line);background:var(--wash)}
}
@container panel (min-width:40rem){
.sides{grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}
:host([inline]) .value{font-size:2.125rem}
:host([inline]) .welcome{padding-top:7vh}
:host([inline]) .welcome h2{font-size:2.375rem}
}
@media (max-width:30rem){
:host(:not([inline])) .panel{inset:0 !important;width:100% !important;height:100% !important;border:0;border-radius:0}
header,.log,.ask,.reader .scroll,.reader-head{padding-inline:1rem}
.ask::before{inset-inline:1rem}
.brand p,.under .hint{display:none}
}
@media (max-height:30rem){
.under,.ask > label,.brand p{display:none}
}
@media (prefers-reduced-motion:reduce){*{animation:none !important;transition:none !important}}
@media (forced-colors:active){mark{outline:1px solid} .chip,.send,.launcher{border-color:ButtonText}}
`);

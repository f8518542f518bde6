/// The one style sheet of the pages: calm, legible, light and dark, and good on paper.
enum PageStyle {
    static let sheet: StaticString = """
        :root{--ground:#fbfaf7;--card:#fff;--ink:#1d2330;--soft:#5b6474;--line:#e2dfd7;--accent:#2f5d8a;
        --deliver:#3d7a57;--defer:#3b7c96;--quarantine:#9a6a10;--discard:#8a4a6a;--reject:#a83c32;--error:#a83c32;
        --good:#dcefe2;--part:#faedc8;--none:#f7d9d4;--bar:#2f5d8a}
        @media (prefers-color-scheme:dark){:root{--ground:#14171d;--card:#1b2028;--ink:#e4e7ec;--soft:#9aa4b4;
        --line:#2e3542;--accent:#8ab8e6;--deliver:#7cc79a;--defer:#7fc4de;--quarantine:#e2b65c;--discard:#d79bbd;
        --reject:#ef8d82;--error:#ef8d82;--good:#1f3b2b;--part:#45370f;--none:#4a211d;--bar:#6f9fce}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,"Segoe UI",Roboto,sans-serif}
        main{max-width:72rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
        header p,.soft{color:var(--soft)}
        h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem;font-weight:650;letter-spacing:-.01em}
        h2{font-size:1.15rem;margin:2.6rem 0 .8rem;font-weight:650}
        h3{font-size:1rem;margin:1.4rem 0 .5rem;font-weight:650}
        a{color:var(--accent)}
        nav{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin:1.2rem 0;padding:.6rem 0;
        border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:.93rem}
        code,pre,.mono{font-family:ui-monospace,"Cascadia Mono","DejaVu Sans Mono",Menlo,monospace;font-size:.875em}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;margin:1.2rem 0}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}
        .tile b{display:block;font-size:1.55rem;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums}
        .tile span{color:var(--soft);font-size:.88rem}
        figure{margin:0 0 1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem;
        padding:1rem;overflow-x:auto}
        figure h3{margin:0 0 .6rem}
        svg{display:block;max-width:100%;height:auto}
        svg text{fill:var(--ink);font:13px system-ui,"Segoe UI",Roboto,sans-serif}
        svg .soft{fill:var(--soft)}svg .bar{fill:var(--bar)}svg .axis{stroke:var(--line)}
        svg .deliver{fill:var(--deliver)}svg .defer{fill:var(--defer)}svg .quarantine{fill:var(--quarantine)}
        svg .discard{fill:var(--discard)}svg .reject,svg .error{fill:var(--reject)}
        table{border-collapse:collapse;width:100%;font-size:.93rem;margin:.4rem 0}
        th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
        th{color:var(--soft);font-weight:550}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .scroll{overflow-x:auto}
        details{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:.45rem 0}
        summary{cursor:pointer;padding:.55rem .9rem;overflow-wrap:anywhere}
        summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        details>div{padding:.1rem .9rem .8rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
        figure details{border:0;margin:.4rem 0 0;background:none}figure summary{padding:.2rem 0;color:var(--soft)}
        figure details>div{padding:.2rem 0}
        .pill{display:inline-block;font-size:.8rem;font-weight:600;padding:.02rem .5rem;border-radius:1rem;
        border:1px solid currentColor;margin-right:.4rem}
        .pill.deliver{color:var(--deliver)}.pill.defer{color:var(--defer)}.pill.quarantine{color:var(--quarantine)}
        .pill.discard{color:var(--discard)}.pill.reject,.pill.error{color:var(--reject)}
        ul.why{margin:.3rem 0;padding-left:1.2rem}
        pre.source{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem 0;
        overflow-x:auto;line-height:1.6;margin:.4rem 0 1.4rem}
        pre.source .l{display:block;padding:0 .9rem;white-space:pre}
        pre.source .g{display:inline-block;width:3.2rem;margin-right:1rem;text-align:right;color:var(--soft);
        user-select:none}
        mark{color:inherit;border-radius:.2rem;padding:.05rem 0}
        mark.all{background:var(--good)}mark.part{background:var(--part)}mark.none{background:var(--none)}
        sup{font:600 .68rem ui-monospace,monospace;color:var(--soft);margin-left:.15rem;user-select:none}
        @media print{body{background:#fff}nav{display:none}}
        """
}

using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Reports;

/// <summary>The report's style sheet, after <see cref="ChartStyle"/>'s.</summary>
internal static class ReportStyle
{
    public const string Css =
        $$$"""
        :root{--page:#f4f6f8;--card:#ffffff;--ink:#1c2128;--muted:#5f6b7a;--rule:#e1e6eb;
        --accent:#0068a8;--good:#0068a8;--bad:#d1480a;--wrong:#b83d05;--paper:invert(1)}
        @media (prefers-color-scheme:dark){:root{--page:#0c0f13;--card:#14181e;--ink:#e8ecf1;--muted:#9aa6b4;--rule:#262d36;
        --accent:#5cb8f0;--good:#1f74ad;--bad:#f0702c;--wrong:#ff9a52;--paper:none}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 {{{ChartStyle.FontFamily}}};-webkit-text-size-adjust:100%}
        main{max-width:1060px;margin:0 auto;padding:36px 20px 56px}
        header{margin:0 0 22px}
        h1{font-size:30px;line-height:1.2;letter-spacing:-.02em;margin:0 0 4px;overflow-wrap:anywhere}
        h2{font-size:17px;letter-spacing:-.01em;margin:0 0 2px}
        p{margin:0}
        .muted,caption,figcaption small{color:var(--muted)}
        .card{background:var(--card);border:1px solid var(--rule);border-radius:14px;padding:20px 22px;margin:0 0 16px;min-width:0}
        .note{color:var(--muted);font-size:13px;margin:0 0 14px}
        .figures{display:grid;grid-template-columns:1.35fr 1fr 1fr 1fr;gap:16px}
        .figure dt{color:var(--muted);font-size:13px}
        .figure dd{margin:2px 0 0;font-size:24px;font-weight:600;letter-spacing:-.02em;line-height:1.25;font-variant-numeric:tabular-nums}
        .figure dd small{display:block;font-size:13px;font-weight:400;letter-spacing:0;color:var(--muted)}
        .figure.main dd{font-size:42px;line-height:1.1;color:var(--accent)}
        dl{margin:0}
        .digest{display:flex;flex-wrap:wrap;gap:2px 14px;align-items:baseline}
        code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere}
        .charts{margin:-10px -10px 0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,360px),1fr));gap:20px 28px}
        .charts svg{display:block;height:auto;overflow:visible}
        details{margin-top:14px}
        summary{cursor:pointer;color:var(--accent);font-size:14px}
        .scroll{overflow-x:auto;margin:0 -6px;padding:0 6px}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}
        .data{width:100%;margin-top:8px}
        .data th{font-weight:500;color:var(--muted);text-align:right;padding:6px 10px;border-bottom:1px solid var(--rule);white-space:nowrap}
        .data td{text-align:right;padding:6px 10px;border-bottom:1px solid var(--rule);white-space:nowrap}
        .data th:first-child,.data td:first-child{text-align:left;padding-left:0}
        .data tr:last-child td{border-bottom:0}
        .data tr.result td{font-weight:600}
        .data td.text{text-align:left;white-space:normal}
        .matrix{margin:0 auto;border-spacing:2px;border-collapse:separate}
        .matrix th{font-weight:500;color:var(--muted);padding:2px 8px;text-align:right;font-size:13px}
        .matrix thead th{text-align:center;padding:2px 4px}
        .matrix td{min-width:50px;height:34px;padding:0 4px;text-align:center;border-radius:5px;
        background:color-mix(in srgb,var(--tone) calc(var(--heat)*var(--depth)),transparent);-webkit-print-color-adjust:exact;print-color-adjust:exact}
        .matrix td.hit{--depth:95%;--tone:var(--good);font-weight:600}
        .matrix td.miss{--depth:80%;--tone:var(--bad)}
        .matrix td.strong{color:#fff}
        .matrix td.none{--depth:0%;--tone:transparent;color:var(--muted);opacity:.45}
        .matrix td.share{background:none;text-align:right;padding-left:14px;font-weight:600}
        .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(128px,1fr));gap:16px;margin:0;padding:0;list-style:none}
        .gallery figure{margin:0}
        .gallery img{display:block;width:100%;aspect-ratio:1;border-radius:10px;background:#000;
        image-rendering:pixelated;filter:var(--paper);-webkit-print-color-adjust:exact;print-color-adjust:exact}
        .frame{border:1px solid var(--rule);border-radius:11px;overflow:hidden;margin:0 0 6px}
        figcaption{font-size:14px;line-height:1.35}
        figcaption small{display:block;font-size:12px}
        figcaption b.wrong{color:var(--wrong)}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:0 40px}
        .facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0;font-size:14px;align-content:start}
        .facts dt,.facts dd{margin:0;padding:6px 0;border-bottom:1px solid var(--rule)}
        .facts dt{color:var(--muted);padding-right:24px}
        .facts dd{overflow-wrap:anywhere}
        footer{color:var(--muted);font-size:13px;text-align:center;margin-top:24px}
        @media screen and (max-width:720px){main{padding:20px 12px 36px}h1{font-size:25px}.card{padding:16px 14px;border-radius:12px}
        .chart text{font-size:13.5px}.chart .title{font-size:16.5px}
        .figures{grid-template-columns:repeat(3,1fr);gap:14px 10px}.figure.main{grid-column:1/-1}.figure dd{font-size:20px}
        .figure dd small{font-size:12px;line-height:1.3}
        .matrix{margin:0;border-spacing:1px;font-size:10px;letter-spacing:-.02em}.matrix td{min-width:22px;height:28px;padding:0 1px}
        .matrix th,.matrix thead th{padding:2px;font-size:10px}.matrix td.share{padding-left:4px;white-space:nowrap}
        .gallery{grid-template-columns:repeat(auto-fill,minmax(96px,1fr));gap:12px}}
        @media print{:root{--page:#fff;--card:#fff;--ink:#000;--muted:#444;--rule:#ccc;
        --accent:#0068a8;--good:#0068a8;--bad:#d1480a;--wrong:#b83d05;--paper:invert(1)}
        main{max-width:none;padding:0}.card{border:0;padding:0;margin:0 0 22px;break-inside:avoid}
        .charts{grid-template-columns:1fr 1fr}.gallery{grid-template-columns:repeat(6,1fr);gap:10px}summary{display:none}}

        """;
}

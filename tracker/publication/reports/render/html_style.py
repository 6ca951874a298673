"""The style of the HTML report, inside the file itself: for screens and A4 paper."""

from __future__ import annotations

from tracker.publication.documents import Value
from tracker.publication.reports.render.look import ADDED, DELETED, HEAD, INK, LINE, MOVED, MUTED, PAINTS, Paint


def _verdicts(paints: dict[Value, Paint]) -> str:
    return "".join(
        f".v-{value}{{background:#{paint.fill};color:#{paint.text};border-color:#{paint.edge}}}"
        for value, paint in paints.items()
    )


# The site's dark colours. Charts keep their own colours and stand on white.
_DARK: dict[Value, Paint] = {
    "fixed": Paint("0F3B2C", "A5EBCB", "4FAE88"),
    "partly_fixed": Paint("1C4B78", "DCEEFF", "6FA9E0"),
    "unchanged": Paint("5F666F", "FFFFFF", "9AA2AC"),
    "stricter": Paint("F2935F", "1E0D03", "F2935F"),
    "new_restriction": Paint("F3C4EB", "2A0726", "F3C4EB"),
    "not_assessed": Paint("1A2027", "B9C0CA", "8A929D"),
}
STYLE = f"""
body{{margin:0 auto;padding:16px;max-width:46rem;color:#{INK};background:#fff;
font:1rem/1.5 "Noto Sans","Segoe UI",Roboto,sans-serif;overflow-wrap:break-word}}
body.wide{{max-width:76rem}}
h1{{font-size:1.7rem;line-height:1.2;margin:.2rem 0}} h2{{font-size:1.3rem;margin:1.6rem 0 .4rem}}
h3{{font-size:1.08rem;margin:1.2rem 0 .3rem}} h4{{font-size:1rem;margin:1rem 0 .2rem}}
p,ul,dl,figure,blockquote{{margin:.4rem 0}} dt{{font-weight:600}} dd{{margin:0 0 .4rem}}
a{{color:#0B4F8A}} .over,.note,.muted,.place,caption,figcaption,footer{{color:#{MUTED};font-size:.875rem}}
.lead{{font-size:1.15rem}} .caution,.draft{{border:2px solid #{DELETED[0]};padding:4px 8px;font-weight:600}}
.law,blockquote .law{{font-family:"Noto Serif","PT Serif","Times New Roman",serif}}
blockquote{{border-left:3px solid #{LINE};padding-left:12px}} blockquote footer{{margin:0}}
table{{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.875rem;font-variant-numeric:tabular-nums}}
th,td{{border:1px solid #{LINE};padding:4px 6px;text-align:left;vertical-align:top;font-weight:400}}
thead th{{background:#{HEAD};font-weight:600}} caption{{text-align:left;padding:4px 0}} td p,th p{{margin:0 0 .2rem}}
.number{{text-align:right}}
ins{{color:#{ADDED[0]};background:#{ADDED[1]};text-decoration:underline 2px}}
del{{color:#{DELETED[0]};background:#{DELETED[1]};text-decoration:line-through 1.5px}}
.moved_here{{color:#{MOVED[0]};background:#{MOVED[1]};text-decoration:underline double}}
.moved_away{{color:#{MOVED[0]};background:#{MOVED[1]}}}
.tag{{display:inline-block;border:1px solid;border-radius:4px;padding:0 6px;font-size:.875rem}}{_verdicts(PAINTS)}
.v-not_assessed{{border-style:dashed}}
.tally{{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:6px}}
svg{{max-width:100%;height:auto;display:block}} .qr{{display:flex;gap:16px;align-items:center;break-inside:avoid}}
.qr svg{{flex:none;width:116px}} .contents{{list-style:none;padding:0}} .contents .l2{{padding-left:1.5rem}}
.hash{{font-size:.7rem;overflow-wrap:anywhere}} main+footer{{border-top:1px solid #{LINE};margin-top:2rem}}
.clipped{{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
@media screen and (max-width:40rem){{table,thead,tbody,tr,th,td,caption{{display:block}}
thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
tr{{border:1px solid #{LINE};border-radius:4px;margin:0 0 .6rem;padding:4px 8px}}
th,td{{border:0;padding:2px 0}} th[scope=row]{{font-weight:600}} .number{{text-align:left}} td:empty{{display:none}}
td[data-title]::before{{content:attr(data-title) ": ";color:#{MUTED}}} td p{{display:inline}} td p+p{{display:block}}
.qr{{flex-wrap:wrap}}}}
@media screen and (prefers-color-scheme:dark){{body{{background:#12161B;color:#E8ECF1}} a{{color:#8CC4FF}}
.over,.note,.muted,.place,caption,figcaption,footer,td[data-title]::before{{color:#AAB3BE}}
th,td,tr,blockquote,main+footer{{border-color:#39414A}} thead th{{background:#1A2027}}
ins{{color:#A9D1FF;background:#10294A}} del{{color:#FFC29B;background:#43200B}}
.moved_here,.moved_away{{color:#DCC3F7;background:#33204A}} .caution,.draft{{border-color:#FFC29B}}
figure>svg,.qr svg{{background:#fff;border-radius:6px}} figure>svg{{padding:8px;box-sizing:border-box}}
{_verdicts(_DARK)}}}
@page{{size:A4;margin:18mm 16mm}} @page wide{{size:A4 landscape;margin:14mm}}
@media print{{body{{padding:0;max-width:none;font-size:10pt}} body.wide{{page:wide}}
h2,h3,h4{{break-after:avoid}} thead{{display:table-header-group}} tr,blockquote,figure>svg{{break-inside:avoid}}
ins,del,.tag,thead th{{print-color-adjust:exact}}
body>.draft{{position:fixed;top:0;right:0;background:#fff}} a{{color:inherit}}}}
"""

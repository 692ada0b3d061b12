"""A plot of lines over two logarithmic axes, as an SVG that suits light and dark pages."""
import math
from html import escape

WIDTH, HEIGHT = 680, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 176, 48, 48
# Okabe and Ito's colours, which the colour-blind can tell apart, too. Our own line is drawn heavier.
COLOURS = ['#0072b2', '#009e73', '#d55e00', '#cc79a7', '#e69f00']
STYLE = ('text{font:13px sans-serif;fill:#1f2328}.t{font-weight:600;font-size:15px}.g{stroke:#d1d9e0}'
         '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#3d444d}}')


def ticks(low, high):
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [m * 10.0 ** d for d in decades for m in (1, 2, 5) if low * 0.999 <= m * 10.0 ** d <= high * 1.001]


def spread(places, gap):
    """Moves labels apart, from the top down."""
    last = -math.inf
    for place in sorted(places, key=lambda p: p[0]):
        place[0] = max(place[0], last + gap)
        last = place[0]


def lines(title, x_title, series, heavy):
    series = {name: [(x, y) for x, y in points if y is not None and y > 0] for name, points in series.items()}
    series = {name: points for name, points in series.items() if points}
    every = [point for points in series.values() for point in points]
    if not every:
        return ''
    xs = sorted({x for x, _ in every})
    low, high = min(y for _, y in every) * 0.8, max(y for _, y in every) * 1.2

    def across(x):
        return LEFT + (math.log(x / xs[0]) / math.log(xs[-1] / xs[0]) if len(xs) > 1 else 0) * (WIDTH - LEFT - RIGHT)

    def down(y):
        return HEIGHT - BOTTOM - math.log(y / low) / math.log(high / low) * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
           f'aria-label="{escape(title)}"><style>{STYLE}</style>',
           f'<text class="t" x="{LEFT}" y="24">{escape(title)}</text>']
    for tick in ticks(low, high):
        y = down(tick)
        out.append(f'<path class="g" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
                   f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,g}</text>')
    for x in xs:
        out.append(f'<text x="{across(x):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{x:,}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_title)}</text>')
    labels = []
    for (name, points), colour in zip(series.items(), COLOURS):
        width = 3 if name == heavy else 1.5
        path = 'M' + 'L'.join(f'{across(x):.1f} {down(y):.1f}' for x, y in points)
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        out += [f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="{width + 1}" fill="{colour}"/>' for x, y in points]
        labels.append([down(points[-1][1]) + 4, name, colour])
    spread(labels, 16)
    for y, name, colour in labels:
        out.append(f'<text x="{WIDTH - RIGHT + 12}" y="{y:.1f}" style="fill:{colour};'
                   f'font-weight:{600 if name == heavy else 400}">{escape(name)}</text>')
    return '\n'.join(out) + '\n</svg>\n'

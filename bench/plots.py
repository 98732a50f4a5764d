"""Line charts as SVG, with the number of connections on the x axis. A white card keeps them readable on a dark page."""

import dataclasses
import html
import math

WIDTH, HEIGHT = 880, 440
# The area of a chart: its top, bottom, width and left edge.
TOP, BOTTOM, INNER = 130, 350, 340
LEFTS = 75, 515
INK, FAINT, GRID = "#1d2733", "#5b6878", "#dfe4ea"
COLORS = {"Gatehouse": "#2f6fb7", "bare stack": "#4f9a63", "Apollo": "#c9772b", "crate bcrypt": "#8a5aa8"}


@dataclasses.dataclass
class Line:
    """A line of points (connections, value). Its name decides its color."""

    name: str
    points: list
    is_dashed: bool = False


@dataclasses.dataclass
class Chart:
    title: str
    lines: list
    is_logarithmic: bool = False


def figure(title, charts, note=""):
    """Returns the text of an SVG file with at most two charts."""
    names = list(dict.fromkeys(line.name for chart in charts for line in chart.lines))
    body = [text(WIDTH / 2, 36, title, "middle", 'font-size="18" font-weight="bold"'), *legend(names)]
    xs = sorted({x for chart in charts for line in chart.lines for x, _ in line.points})
    for left, chart in zip(LEFTS, charts):
        body += drawn(chart, xs, left)
    body.append(text(WIDTH / 2, HEIGHT - 16, note, "middle", f'font-size="12" fill="{FAINT}"'))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' font-family="Helvetica, Arial, sans-serif" font-size="13" role="img" aria-labelledby="title">'
    )
    card = f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#ffffff"/>'
    return "\n".join([head, f'<title id="title">{html.escape(title)}</title>', card, *body, "</svg>\n"])


def legend(names):
    widths = [44 + 8 * len(name) for name in names]
    x = (WIDTH - sum(widths)) / 2
    for name, width in zip(names, widths):
        yield f'<path d="M{x:.1f} 60 h24" stroke="{COLORS[name]}" stroke-width="3"/>'
        yield text(x + 30, 64, name)
        x += width


def drawn(chart, xs, left):
    """Yields the elements of a chart that begins at `left`."""
    ys = [y for line in chart.lines for _, y in line.points]
    ticks = logarithmic_ticks(min(ys), max(ys)) if chart.is_logarithmic else linear_ticks(max(ys))
    to_x = scale(math.log(xs[0]), math.log(xs[-1]), left + 12, left + INNER - 12)
    change = math.log if chart.is_logarithmic else float
    to_y = scale(change(ticks[0]), change(ticks[-1]), BOTTOM, TOP)
    yield text(left + INNER / 2, TOP - 22, chart.title, "middle", 'font-weight="bold"')
    for tick in ticks:
        y = to_y(change(tick))
        yield f'<path d="M{left} {y:.1f} h{INNER}" stroke="{GRID}"/>'
        yield text(left - 8, y + 4, f"{tick:,g}", "end", f'fill="{FAINT}"')
    yield f'<path d="M{left} {BOTTOM} h{INNER}" stroke="{FAINT}"/>'
    for x in xs:
        yield text(to_x(math.log(x)), BOTTOM + 20, x, "middle", f'fill="{FAINT}"')
    yield text(left + INNER / 2, BOTTOM + 42, "connections", "middle", f'fill="{FAINT}"')
    for line in chart.lines:
        yield from drawn_line(line, [(to_x(math.log(x)), to_y(change(y))) for x, y in line.points])


def drawn_line(line, points):
    color = COLORS[line.name]
    path = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashes = ' stroke-dasharray="5 4"' if line.is_dashed else ""
    if points:
        yield f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2.2" stroke-linejoin="round"{dashes}/>'
    fill = "#ffffff" if line.is_dashed else color
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}" stroke="{color}" stroke-width="1.6"/>'


def scale(low, high, start, end):
    """Returns a function that maps a range to another."""
    return lambda it: start + (it - low) / ((high - low) or 1) * (end - start)


def linear_ticks(highest):
    """Returns round numbers from 0 to at least the highest."""
    step = 10 ** math.floor(math.log10(highest))
    step = next(it for it in (step / 5, step / 2, step, step * 2) if highest / it <= 6)
    return [step * number for number in range(math.ceil(highest / step) + 1)]


def logarithmic_ticks(lowest, highest):
    """Returns powers of ten around all values, and 2 and 5 times these if there are few."""
    powers = range(math.floor(math.log10(lowest)), math.ceil(math.log10(highest)) + 1)
    factors = (1,) if len(powers) > 3 else (1, 2, 5)
    ticks = [factor * 10.0**power for power in powers for factor in factors]
    first = max(number for number, it in enumerate(ticks) if it <= lowest)
    last = min((number for number, it in enumerate(ticks) if it >= highest), default=len(ticks) - 1)
    return ticks[first : max(last, first + 1) + 1]


def text(x, y, value, anchor="start", attributes=""):
    fill = "" if "fill=" in attributes else f' fill="{INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{fill} {attributes}>{html.escape(str(value))}</text>'

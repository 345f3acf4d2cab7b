export type Curve = { name: string; points: { size: number; factor: number }[] };

const colours = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#ff7f0e', '#17becf', '#8c564b', '#7f7f7f'];
const [left, top, width, height] = [60, 20, 520, 320];

/** Curves of factors over sizes, which grow by tens, as SVG; the highest factor allowed is a dashed line. */
export function drawCurves(curves: Curve[], most: number, axis: string): string {
  const points = curves.flatMap((curve) => curve.points);
  const sizes = [...new Set(points.map(({ size }) => size))].toSorted((a, b) => a - b);
  const highest = Math.max(2, ...points.map(({ factor }) => factor));
  const span = Math.log10((sizes.at(-1) ?? 10) / (sizes[0] ?? 1)) || 1;
  const x = (size: number) => left + (width * Math.log10(size / (sizes[0] ?? 1))) / span;
  const y = (factor: number) => top + height - (height * factor) / highest;

  const grid = sizes.map(
    (size) =>
      `<text x="${x(size).toFixed(0)}" y="${top + height + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
  );
  const levels = Array.from({ length: Math.floor(highest) + 1 }, (_, factor) => {
    const line = `<line x1="${left}" x2="${left + width}" y1="${y(factor)}" y2="${y(factor)}" stroke="#ddd"/>`;
    return `${line}<text x="${left - 8}" y="${y(factor) + 4}" text-anchor="end">${factor}</text>`;
  });
  const limit = `<line x1="${left}" x2="${left + width}" y1="${y(most)}" y2="${y(most)}" stroke="#000" stroke-dasharray="4"/>`;
  const lines = curves.map(({ name, points }, i) => {
    const colour = colours[i % colours.length];
    const dashes = i < colours.length ? '' : ' stroke-dasharray="6 2"';
    const path = points.map(({ size, factor }) => `${x(size).toFixed(1)},${y(factor).toFixed(1)}`).join(' ');
    const label = `<text x="${left + width + 16}" y="${top + 12 + i * 18}" fill="${colour}">${name}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"${dashes}/>${label}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 190}" height="${top + height + 50}" font-family="sans-serif" font-size="12">`,
    `<title>Cost by ${axis}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...levels,
    ...grid,
    limit,
    ...lines,
    `<text x="${left}" y="${top + height + 40}">${axis}; cost as a multiple of the cost at the left end</text>`,
    '</svg>\n',
  ].join('\n');
}

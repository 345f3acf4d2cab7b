import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { examples } from './examples.ts';
import type { Route } from './front.ts';

/** What a server on one's own machine shows besides. */
export type Development = {
  /** Stands in Ruru's headers from the start. */
  token?: string | undefined;
};

const documents = [
  { path: '/diagrams', title: 'Diagrams', file: 'diagrams.md' },
  { path: '/dictionary', title: 'Data dictionary', file: 'data-dictionary.md' },
] as const;
const mermaidPath = '/mermaid.js';

const navigation = `<nav style="position: fixed; right: 1rem; bottom: 0.5rem; z-index: 9; font: 0.8rem sans-serif">
${[{ path: '/', title: 'Ruru' }, ...documents].map(({ path, title }) => `<a href="${path}">${title}</a>`).join(' · ')}
</nav>`;

/** So that no browser asks for one. */
const noIcon = '<link rel="icon" href="data:,">';

/** Ruru with examples to run and somebody's token to run them with. */
export function ruruPreset({ token }: Development): GraphileConfig.Preset {
  const headers =
    token === undefined ? undefined : JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);
  const config = {
    initialQuery: examples,
    defaultQuery: examples,
    initialHeaders: headers,
    defaultHeaders: headers,
  };
  return {
    ruru: {
      // Its type asks for every property; its code for none.
      clientConfig: config as NonNullable<NonNullable<GraphileConfig.Preset['ruru']>['clientConfig']>,
      htmlParts: {
        metaTags: (html: string) => html + noIcon,
        bodyContent: (html: string) => html + navigation,
      },
    },
  };
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${noIcon}
<title>${title}</title>
<style>
body { font: 1rem/1.5 sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse }
td, th { border: 1px solid #ccc; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top }
</style>
</head>
<body>
${navigation}
${body}
<script src="${mermaidPath}"></script>
<script>mermaid.initialize({ startOnLoad: true, securityLevel: 'strict', maxTextSize: 1e6, maxEdges: 1e4 })</script>
</body>
</html>
`;
}

/** The repository's documentation as pages; their tools are there in its working copy, not where it is installed. */
export async function documentationRoutes(): Promise<[path: string, route: Route][]> {
  let tools: [typeof import('marked'), mermaid: string];
  try {
    tools = [await import('marked'), fileURLToPath(import.meta.resolve('@mermaid-js/tiny'))];
  } catch {
    return [];
  }
  const [{ Marked }, mermaid] = tools;
  const markdown = new Marked({
    renderer: {
      // The anchors that the table of contents leads to.
      heading({ tokens, depth, text }) {
        const id = text
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-');
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      code({ text, lang }) {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        return lang === 'mermaid' ? `<pre class="mermaid">${escaped}</pre>\n` : `<pre>${escaped}</pre>\n`;
      },
    },
  });
  const read = (file: string) => readFile(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
  const html = 'text/html;charset=utf-8';
  return [
    ...documents.map(({ path, title, file }): [string, Route] => [
      path,
      async () => ({ status: 200, type: html, body: page(title, await markdown.parse(await read(file))) }),
    ]),
    [mermaidPath, async () => ({ status: 200, type: 'text/javascript', body: await readFile(mermaid) })],
  ];
}

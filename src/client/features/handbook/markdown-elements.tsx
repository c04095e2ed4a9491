import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { RuleType, compiler } from 'markdown-to-jsx/react';
import type { MarkdownToJSX } from 'markdown-to-jsx/react';

export interface MarkdownPlaces {
  /** A link to the page of that name; the words alone where there is none. */
  readonly linkTo: (slug: string, words: ReactNode) => ReactNode;
  readonly tableClass?: string | undefined;
}

/** A page's Markdown as elements: never HTML that somebody wrote; no pictures, no footnotes; links to pages of the handbook, to `https:`, `tel:` and `mailto:`. */
export function elementsOf(body: string, { linkTo, tableClass }: MarkdownPlaces): ReactNode {
  const levelOf = createLevels();
  const renderRule = (next: () => ReactNode, node: MarkdownToJSX.ASTNode, renderChildren: MarkdownToJSX.ASTRender, state: MarkdownToJSX.State): ReactNode => {
    const { key } = state;
    switch (node.type) {
      case RuleType.heading: {
        const Heading = levelOf(node.level);
        return <Heading key={key}>{renderChildren(node.children, state)}</Heading>;
      }
      case RuleType.link:
        return (
          <Target key={key} target={node.target ?? ''} linkTo={linkTo}>
            {renderChildren(node.children, state)}
          </Target>
        );
      case RuleType.image:
        return <Fragment key={key}>{node.alt}</Fragment>;
      case RuleType.table:
        return (
          // Reached and moved by keys too: a wide table is for the eye to go along, not for the page.
          <div key={key} className={tableClass} role="region" tabIndex={0} aria-label={wordsIn(node.header)}>
            <table>
              <thead>
                <tr>
                  {node.header.map((cell, index) => (
                    <th key={index} scope="col">
                      {renderChildren(cell, state)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {node.cells.map((row, index) => (
                  <tr key={index}>
                    {row.map((cell, place) => (
                      <td key={place}>{renderChildren(cell, state)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      case RuleType.codeBlock:
        return (
          <pre key={key}>
            {node.text}
          </pre>
        );
      case RuleType.gfmTask:
        return <span key={key}>{node.completed ? '☑ ' : '☐ '}</span>;
      case RuleType.blockQuote:
        return <blockquote key={key}>{renderChildren(node.children, state)}</blockquote>;
      // Of other pages' footnotes and of HTML nothing is made: it is no part of what the help says one may write.
      case RuleType.htmlBlock:
      case RuleType.htmlSelfClosing:
      case RuleType.htmlComment:
      case RuleType.frontmatter:
      case RuleType.footnoteReference:
      case RuleType.refCollection:
        return null;
      default:
        return next();
    }
  };
  // A footnote would stand below all of it with an anchor of its own.
  return compiler(body.replaceAll('[^', '\\[^'), { disableParsingRawHTML: true, forceBlock: true, wrapper: Fragment, sanitizer: (url) => url, renderRule });
}

/** Headings stand below the page's own, without a step left out, whatever the writer began with. */
function createLevels(): (written: number) => 'h2' | 'h3' | 'h4' {
  const open: number[] = [];
  return (written) => {
    while (open.length > 0 && (open.at(-1) ?? 0) >= written) open.pop();
    open.push(written);
    return open.length === 1 ? 'h2' : open.length === 2 ? 'h3' : 'h4';
  };
}

function Target({ target, linkTo, children }: Pick<MarkdownPlaces, 'linkTo'> & { readonly target: string; readonly children: ReactNode }) {
  if (/^https:\/\//iu.test(target)) {
    return (
      <a href={target} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    );
  }
  if (/^(tel|mailto):/iu.test(target)) return <a href={target}>{children}</a>;
  return /^[a-z0-9-]+$/u.test(target) ? linkTo(target, children) : children;
}

/** What a table's heading says, for those who hear it. */
function wordsIn(header: readonly (readonly MarkdownToJSX.ASTNode[])[]): string {
  return header.map((cell) => cell.map((node) => ('text' in node ? node.text : '')).join('')).join(', ');
}

/**
 * Everything a browser refused because of the app's content policy, in any page, frame or worker of any phone. No story asks for it: `fixtures.ts`
 * looks after each of them, and fails on one.
 */
import type { BrowserContext, ConsoleMessage, Worker } from '@playwright/test';

const mark = 'policy violated:';
/** What a browser itself writes on the console of a page or a worker. */
const said = /violates the following (Content Security Policy|Trusted Type)|requires 'Trusted|Content Security Policy directive|TrustedScript|TrustedHTML/;

const violations: string[] = [];

/** From now on, in all pages and workers of this browser. */
export async function watchPolicy(context: BrowserContext): Promise<void> {
  const listen = (message: ConsoleMessage) => {
    const text = message.text();
    if (text.startsWith(mark) || said.test(text)) violations.push(text);
  };
  context.on('console', listen);
  context.on('serviceworker', (worker) => listenToWorker(worker, listen));
  for (const worker of context.serviceWorkers()) listenToWorker(worker, listen);
  context.on('weberror', (error) => {
    if (said.test(error.error().message)) violations.push(error.error().message);
  });
  await context.addInitScript((marked) => {
    // Of what the browser does not say on the console: a report-only policy, a violation that was caught.
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, disposition, sourceFile, lineNumber }) => {
      console.error(`${marked} ${effectiveDirective} ${blockedURI} ${disposition} ${sourceFile}:${lineNumber}`);
    });
  }, mark);
}

/** A worker's violations stand on no console that is handed on: it is asked to say them itself. One that ends meanwhile says no more. */
function listenToWorker(worker: Worker, listen: (message: ConsoleMessage) => void): void {
  worker.on('console', listen);
  void worker
    .evaluate((marked) => {
      globalThis.addEventListener('securitypolicyviolation', (event) => {
        const { effectiveDirective, blockedURI } = event;
        console.error(`${marked} in the worker: ${effectiveDirective} ${blockedURI}`);
      });
    }, mark)
    .catch(() => undefined);
}

/** What was seen since the last call. */
export function takeViolations(): string[] {
  return violations.splice(0);
}

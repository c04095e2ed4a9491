/**
 * zod tries `new Function` to speed itself up, which the page's CSP refuses and reports. To be imported before any schema is built;
 * vite.config.ts keeps it in one chunk with zod, so that no chunk with a schema can come first.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });

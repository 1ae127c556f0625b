import { PageEvent } from 'typedoc';

/** A plugin of TypeDoc: below its heading each page leads back to the contents of the documentation. */
export function load(app) {
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents?.replace(/^(# .*)\n/, '$1\n\n[Contents](../../README.md#contents)\n');
  });
}

import { escapeHtml } from "#shared/domain/notifications/mail/escape";

/** The few pages of the local stage share one plain look. */
const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1f2937 }
  h1, h2 { color: #4f46e5 } h2 { margin-top: 2.5rem; border-bottom: 1px solid #e5e7eb }
  code, pre { background: #f3f4f6; border-radius: 4px; padding: .1rem .3rem } pre { padding: 1rem; overflow: auto }
  article { border: 1px solid #e5e7eb; border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0 }
  iframe { width: 100%; height: 26rem; border: 1px solid #e5e7eb; border-radius: 6px; background: #fff }
  .method { font-weight: 600; color: #4f46e5 } .quiet { color: #6b7280 }`;

/** A page around trusted markup; whatever comes from outside must have been escaped. */
export const pageOf = (title: string, markup: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${markup}</body></html>`;

import type { RefusalCode } from "../kernel/refusal.ts";

export const exportRefusals = {
  notFound: { kind: "not_found", code: "export.not_found", title: "There is no such export" },
  tooManyOpen: {
    kind: "conflict",
    code: "export.too_many_open",
    title: "So many exports of yours are being made that another must wait for one of them",
  },
  // Those below are told of an export, as why it failed.
  ended: { kind: "conflict", code: "export.ended", title: "The export has ended" },
  tookTooLong: {
    kind: "unprocessable",
    code: "export.took_too_long",
    title: "There was too much to look through: ask for less at once, by dates or by campaign",
  },
  tooLarge: {
    kind: "unprocessable",
    code: "export.too_large",
    title: "The file would be too large: ask for less at once, by dates or by campaign",
  },
  fileLost: { kind: "conflict", code: "export.file_lost", title: "The file could not be put together; ask again" },
} as const satisfies Record<string, RefusalCode>;

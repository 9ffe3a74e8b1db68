import type { RefusalCode } from "../kernel/refusal.ts";

export const uploadRefusals = {
  typeNotAllowed: {
    kind: "unprocessable",
    code: "upload.type_not_allowed",
    title: "Files of this type are not taken",
  },
  tooLarge: { kind: "unprocessable", code: "upload.too_large", title: "The file is too large" },
  unknown: { kind: "unprocessable", code: "submission.file_unknown", title: "There is no such uploaded file" },
  incomplete: { kind: "unprocessable", code: "upload.incomplete", title: "The file has not been uploaded" },
  mismatch: { kind: "unprocessable", code: "upload.mismatch", title: "The file is another than was announced" },
} as const satisfies Record<string, RefusalCode>;

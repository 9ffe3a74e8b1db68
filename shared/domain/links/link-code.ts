import * as z from "zod";
import { CODE_PATTERN } from "./code.ts";

export const LinkCode = z.string().regex(new RegExp(`^${CODE_PATTERN}$`), "must be a link code");

import { Upload } from "#shared/domain/uploads/upload";
import type { Uploads } from "#shared/ports/files";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

export const storedUploads = (table: TableEngine): Uploads => ({
  get: async (campaignId, fileId) => parsed(Upload, await table.get(itemKey(items.upload, { campaignId, id: fileId }))),
});

import type { Export, OpenExports } from "#shared/domain/exports/export";
import type { Instant, Span } from "#shared/domain/kernel/time";
import type { Submission } from "#shared/domain/submissions/submission";
import type { Earning } from "#shared/domain/wallets/earning";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Page, PageRequest } from "./page.ts";

export interface Exports {
  /** Strongly consistent. */
  get(exportId: string): Promise<Export | undefined>;
  /** Strongly consistent; missing for whoever never asked for one. */
  openOf(userId: string): Promise<OpenExports | undefined>;
  /** Those whose time is up and that no turn has ended, longest overdue first; read as they are asked for. */
  overdue(now: Instant): AsyncIterable<Pick<Export, "id">>;
}

/**
 * Lists that clients have as well, in the same order, newest first; here of what was made in a span, which is read by its ids and
 * not by looking through all there is.
 */
export interface ExportedLists {
  /** One person's, or everybody's. */
  transactions(userId: string | undefined, made: Span, page: PageRequest): Promise<Page<WalletTransaction>>;
  /** One creator's, or everybody's. */
  earnings(creatorId: string | undefined, made: Span, page: PageRequest): Promise<Page<Earning>>;
  /** Of a campaign: one creator's, or everybody's. */
  submissions(
    campaignId: string,
    creatorId: string | undefined,
    made: Span,
    page: PageRequest,
  ): Promise<Page<Submission>>;
}

/** A link to a file. */
export interface FileLink {
  readonly url: string;
  readonly urlExpiresAt: string;
}

/**
 * The store of exported files. A file is put together from parts and is not there before all of them are: nobody ever finds
 * half of one. Each attempt at an export has a file of its own.
 */
export interface ExportFiles {
  /** Begins a file; again is another one. What nobody completes is cleared away after some days. */
  begin(exported: Export): Promise<string>;
  /**
   * Puts a part, numbered from 1; again puts it anew. All but the last are 5 MiB or more. The answer names what it holds; it is
   * undefined when what was begun is not there any more.
   */
  put(exported: Export, uploadId: string, part: number, content: Uint8Array): Promise<string | undefined>;
  /**
   * Makes a file of exactly these parts; again, with the same ones, is nothing more. False when that cannot be: they are not
   * there, or no longer hold what they held.
   */
  complete(exported: Export, uploadId: string, parts: readonly string[]): Promise<boolean>;
  /** Gives up what was begun; again is nothing more. */
  abandon(exported: Export, uploadId: string): Promise<void>;
  /** A link to a whole file, for so many seconds, that a browser saves and does not show. Asks nobody. */
  link(file: { readonly exported: Export; readonly seconds: number }): Promise<FileLink>;
}

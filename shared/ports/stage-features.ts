/** What the stage has that others may lack, by the names that contracts require it by. */
export interface StageFeatures {
  readonly all: readonly string[];
}

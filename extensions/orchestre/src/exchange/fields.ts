/** Columns of `imports` that only the product writes. */
export const computedImportFields = ['state', 'round', 'parts', 'rows_total', 'rows_good', 'rows_bad', 'rows_done', 'rows_kept', 'checksum', 'report'] as const;

/** What a person decides; another decision means another look at the file. */
export const decidedFields = ['file', 'target'] as const;

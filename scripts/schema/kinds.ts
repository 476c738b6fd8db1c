import type { JsonObject } from './snapshot.ts';

/**
 * A field kind is what a reader calls a field ("money", "choice", "moment"): its type, column and the way it is
 * edited and shown. A file states the kind and what differs from it.
 */
export type FieldKind = { type: string; meta: JsonObject; column: JsonObject | null };

const column = (data_type: string, extra: JsonObject = {}): JsonObject => ({ data_type, ...extra });
const integerColumn = (extra: JsonObject = {}): JsonObject => column('integer', { numeric_precision: 32, numeric_scale: 0, ...extra });
const varchar = (max_length = 255): JsonObject => column('character varying', { max_length });

const alias = (meta: JsonObject): FieldKind => ({ type: 'alias', meta: { special: ['alias', 'no-data'], ...meta }, column: null });
const person: JsonObject = {
	interface: 'select-dropdown-m2o',
	special: ['m2o'],
	display: 'user',
	options: { template: '{{first_name}} {{last_name}}', enableCreate: false, enableLink: false },
	width: 'half',
};
const trace: JsonObject = { readonly: true, hidden: true, width: 'half', searchable: false };
const amount = (unit: string): FieldKind => ({
	type: 'integer',
	meta: { interface: 'orchestre-amount', options: { unit }, display: 'orchestre-amount', display_options: { unit }, width: 'half', searchable: false },
	column: integerColumn(),
});

export const fieldKinds: Record<string, FieldKind> = {
	key: {
		type: 'uuid',
		meta: { interface: 'input', special: ['uuid'], hidden: true, readonly: true, searchable: false },
		column: column('uuid', { is_nullable: false, is_primary_key: true, is_unique: true }),
	},
	'text-key': {
		type: 'string',
		meta: { interface: 'input', width: 'half' },
		column: { ...varchar(), is_nullable: false, is_primary_key: true, is_unique: true },
	},
	'serial-key': {
		type: 'integer',
		meta: { interface: 'input', hidden: true, readonly: true, searchable: false },
		column: integerColumn({ is_nullable: false, is_primary_key: true, is_unique: true, has_auto_increment: true }),
	},
	'date-created': {
		type: 'timestamp',
		meta: { ...trace, interface: 'datetime', special: ['date-created'], display: 'datetime', display_options: { relative: true } },
		column: column('timestamp with time zone'),
	},
	'user-created': {
		type: 'uuid',
		meta: { ...trace, interface: 'select-dropdown-m2o', special: ['user-created'], display: 'user', options: { template: '{{first_name}} {{last_name}}' } },
		column: column('uuid'),
	},
	'date-updated': {
		type: 'timestamp',
		meta: { ...trace, interface: 'datetime', special: ['date-updated'], display: 'datetime', display_options: { relative: true } },
		column: column('timestamp with time zone'),
	},
	'user-updated': {
		type: 'uuid',
		meta: { ...trace, interface: 'select-dropdown-m2o', special: ['user-updated'], display: 'user', options: { template: '{{first_name}} {{last_name}}' } },
		column: column('uuid'),
	},
	sort: { type: 'integer', meta: { interface: 'input', hidden: true, searchable: false }, column: integerColumn() },
	text: { type: 'string', meta: { interface: 'input', width: 'half', options: { trim: true } }, column: varchar() },
	email: { type: 'string', meta: { interface: 'input', width: 'half', options: { iconLeft: 'alternate_email', trim: true } }, column: varchar() },
	phone: { type: 'string', meta: { interface: 'orchestre-phone', display: 'orchestre-phone', width: 'half' }, column: varchar(32) },
	link: { type: 'string', meta: { interface: 'input', width: 'half', options: { iconLeft: 'link', trim: true } }, column: varchar() },
	paragraph: { type: 'text', meta: { interface: 'input-multiline' }, column: column('text') },
	richtext: { type: 'text', meta: { interface: 'input-rich-text-md' }, column: column('text') },
	template: { type: 'text', meta: { interface: 'input-code', options: { language: 'htmlmixed', lineWrapping: true } }, column: column('text') },
	// Nobody searches for the English word that is stored: people see its label.
	choice: { type: 'string', meta: { interface: 'select-dropdown', display: 'labels', width: 'half', searchable: false }, column: varchar(64) },
	choices: { type: 'json', meta: { interface: 'select-multiple-checkbox', special: ['cast-json'], display: 'labels' }, column: column('json') },
	tags: { type: 'json', meta: { interface: 'tags', special: ['cast-json'], display: 'labels', display_options: { format: false } }, column: column('json') },
	json: { type: 'json', meta: { interface: 'input-code', special: ['cast-json'], options: { language: 'json' }, searchable: false }, column: column('json') },
	boolean: {
		type: 'boolean',
		meta: { interface: 'boolean', special: ['cast-boolean'], display: 'boolean', width: 'half', searchable: false },
		column: column('boolean', { default_value: false }),
	},
	integer: { type: 'integer', meta: { interface: 'input', width: 'half', searchable: false }, column: integerColumn() },
	biginteger: {
		type: 'bigInteger',
		meta: { interface: 'input', width: 'half', searchable: false },
		column: column('bigint', { numeric_precision: 64, numeric_scale: 0 }),
	},
	money: amount('eur'),
	keuro: amount('keur'),
	rate: amount('percent'),
	quantity: amount('quantity'),
	date: {
		type: 'date',
		meta: { interface: 'datetime', display: 'datetime', display_options: { format: 'short' }, width: 'half', searchable: false },
		column: column('date'),
	},
	moment: {
		type: 'timestamp',
		meta: { interface: 'datetime', display: 'datetime', display_options: { relative: true }, width: 'half', searchable: false },
		column: column('timestamp with time zone'),
	},
	time: { type: 'time', meta: { interface: 'datetime', display: 'datetime', width: 'half', searchable: false }, column: column('time without time zone') },
	user: { type: 'uuid', meta: person, column: column('uuid') },
	one: { type: 'uuid', meta: { interface: 'select-dropdown-m2o', special: ['m2o'], display: 'related-values', width: 'half' }, column: column('uuid') },
	file: { type: 'uuid', meta: { interface: 'file', special: ['file'], display: 'file', width: 'half' }, column: column('uuid') },
	image: { type: 'uuid', meta: { interface: 'file-image', special: ['file'], display: 'image', width: 'half' }, column: column('uuid') },
	many: {
		type: 'alias',
		meta: { interface: 'list-o2m', special: ['o2m'], display: 'related-values', options: { layout: 'table', enableSelect: false, limit: 15 } },
		column: null,
	},
	'many-to-many': { type: 'alias', meta: { interface: 'list-m2m', special: ['m2m'], display: 'related-values' }, column: null },
	group: { type: 'alias', meta: { interface: 'group-detail', special: ['alias', 'no-data', 'group'], options: { start: 'open' } }, column: null },
	notice: alias({ interface: 'presentation-notice' }),
	panel: alias({}),
};

/** Column properties that every snapshot field states; the kind or the file overrides them. */
export const columnDefaults: JsonObject = {
	data_type: null,
	default_value: null,
	max_length: null,
	numeric_precision: null,
	numeric_scale: null,
	is_nullable: true,
	is_unique: false,
	is_indexed: false,
	is_primary_key: false,
	is_generated: false,
	generation_expression: null,
	has_auto_increment: false,
	foreign_key_table: null,
	foreign_key_column: null,
};

export const metaDefaults: JsonObject = {
	conditions: null,
	display: null,
	display_options: null,
	group: null,
	hidden: false,
	interface: null,
	note: null,
	options: null,
	readonly: false,
	required: false,
	searchable: true,
	special: null,
	translations: null,
	validation: null,
	validation_message: null,
	width: 'full',
};

export const collectionDefaults: JsonObject = {
	accountability: 'all',
	archive_app_filter: true,
	archive_field: null,
	archive_value: null,
	collapse: 'open',
	color: null,
	display_template: null,
	group: null,
	hidden: false,
	icon: null,
	item_duplication_fields: null,
	note: null,
	preview_url: null,
	singleton: false,
	sort: null,
	sort_field: null,
	translations: null,
	unarchive_value: null,
	versioning: false,
};

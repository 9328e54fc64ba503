import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Words on a screen belong in locales/, where every language has them. */
const NO_HARD_CODED_TEXT = [
  'error',
  {
    selector: ':not(SvelteStyleElement) > SvelteText[value=/\\p{L}{2}/u]',
    message: 'Words stand in locales/, in three languages.',
  },
  {
    selector: 'SvelteAttribute[key.name=/^(aria-label|title|alt|placeholder)$/] > SvelteLiteral[value=/\\p{L}{2}/u]',
    message: 'Words stand in locales/, in three languages.',
  },
];

/**
 * Rules that know types cost more than a second for each component: the whole program is typed anew for it. Every test run
 * leaves them to svelte-check; `npm run lint` applies them too.
 */
const WHOLE = process.env.LINT === 'whole';

export default ts.config(
  { ignores: ['build', '**/.svelte-kit', 'data', 'test-results', 'playwright-report', '**/node_modules'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // PostgreSQL hands some numbers over as text; the schema's types cannot say which.
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // Letters of the office's languages are one code point each, and drawn one by one.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-invalid-void-type': [
        'error',
        { allowInGenericTypeArguments: true, allowAsThisParameter: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'no-restricted-syntax': NO_HARD_CODED_TEXT,
      'svelte/no-navigation-without-resolve': 'off',
      // Markup is typed by svelte-check; this linter does not see the types of components, snippets and their events.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  ...(WHOLE ? [] : [{ files: ['**/*.svelte'], ...ts.configs.disableTypeChecked }]),
  // Plain scripts that run before anything is installed, and configuration.
  { files: ['**/*.js', '**/*.mjs', '*.config.ts', '**/vite.config.ts'], ...ts.configs.disableTypeChecked },
);

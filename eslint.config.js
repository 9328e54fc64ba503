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
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'no-restricted-syntax': NO_HARD_CODED_TEXT,
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  // Plain scripts that run before anything is installed, and configuration.
  { files: ['**/*.js', '**/*.mjs', '*.config.ts', '**/vite.config.ts'], ...ts.configs.disableTypeChecked },
);

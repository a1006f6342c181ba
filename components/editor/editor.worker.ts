/** Monaco's own worker, bundled with the site. With the features chosen it is not started in practice. */
import 'monaco-editor/editor/editor.worker';

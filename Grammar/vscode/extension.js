// Starts `lazaret lsp` for the policies that are open; everything else is the server's work.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const settings = workspace.getConfiguration("lazaret");
  const places = settings.get("modulePath", []).flatMap((place) => ["--module-path", place]);
  client = new LanguageClient(
    "lazaret",
    "Lazaret",
    { command: settings.get("path", "lazaret"), args: ["lsp", ...places] },
    {
      documentSelector: [{ language: "lazaret" }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.{lazaret,txt}") },
    }
  );
  await client.start();
};

exports.deactivate = () => client?.stop();

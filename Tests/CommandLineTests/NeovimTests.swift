import Foundation
import TestSupport
import Testing

/// Neovim without a screen, with the runtime files of `Grammar/vim` and the real language server. Where Neovim is not
/// installed the test is left out, and says so.
@Suite struct NeovimTests {
    private static let neovim = ["/usr/bin/nvim", "/usr/local/bin/nvim"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Opens a policy with one fault, waits for its diagnostic, mends it, waits until that is gone.
    private static let script = """
        vim.opt.rtp:prepend(vim.env.LAZARET_VIM)
        vim.cmd("filetype plugin indent on | syntax on")
        vim.api.nvim_create_autocmd("FileType", {
          pattern = "lazaret",
          callback = function(args)
            local config = { name = "lazaret", cmd = { vim.env.LAZARET, "lsp" }, root_dir = vim.fn.expand("%:p:h") }
            if vim.lsp.start then
              vim.lsp.start(config)
            else
              vim.lsp.buf_attach_client(args.buf, vim.lsp.start_client(config))
            end
          end,
        })
        local answers = {}
        local function tell(...) table.insert(answers, table.concat({ ... }, " ")) end
        local function wait(count)
          return tostring(vim.wait(240000, function() return #vim.diagnostic.get(0) == count end, 50))
        end
        vim.cmd("edit policy.lazaret")
        tell("filetype", vim.bo.filetype)
        tell("colour", vim.fn.synIDattr(vim.fn.synID(2, 1, 1), "name"))
        tell("indent", vim.bo.indentexpr)
        tell("comes", wait(1))
        for _, found in ipairs(vim.diagnostic.get(0)) do tell(found.code, found.lnum .. ":" .. found.col) end
        vim.api.nvim_buf_set_lines(0, 1, 2, false, { "rule a { when tls then quarantine k }" })
        tell("goes", wait(0))
        vim.fn.writefile(answers, "answers")
        vim.cmd("qall!")

        """

    @Test(.enabled(if: neovim != nil, "Neovim is not installed"))
    func aPolicyIsColouredAndItsFaultsComeAndGo() throws {
        let scratch = try Scratch([
            "policy.lazaret": "policy acme { edition 1 }\nrule a { when tsl then quarantine k }\n",
            "ask.lua": Self.script,
        ])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.neovim))
        process.arguments = ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile ask.lua", "-c", "cquit"]
        process.currentDirectoryURL = scratch.url
        process.environment = ProcessInfo.processInfo.environment.merging([
            "LAZARET": CommandLine.executables.appendingPathComponent("lazaret").path,
            "LAZARET_VIM": CommandLine.package.appendingPathComponent("Grammar/vim").path,
            "HOME": scratch.url.path, "XDG_STATE_HOME": scratch.url.path,
        ]) { $1 }
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let pid = process.processIdentifier
        let guardian = DispatchWorkItem { kill(pid, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 600, execute: guardian)
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guardian.cancel()
        #expect(
            scratch.text("answers") == """
                filetype lazaret
                colour lazaretDeclaration
                indent GetLazaretIndent(v:lnum)
                comes true
                LZ0400 1:14
                goes true

                """, "\(output)")
    }
}

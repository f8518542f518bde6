/// What a declaration looks like, for editors that let the author step through the places to fill in.
enum SnippetTable {
    static let declarations: [String: String] = [
        "policy":
            "policy ${1:name} {\n    edition     1\n    description \"${2:what it is for}\"\n    domains     \"${3:example.org}\"\n    admin       \"${4:postmaster@example.org}\"\n    language    ${5:en}\n}\n",
        "import": "import ${1:standard.viruses}",
        "parameter": "parameter ${1:name} = ${2:2 MB}",
        "group": "group ${1:name} { \"${2:someone@example.org}\" }",
        "list": "list ${1:name} of ${2|Text,Address,Domain,IP,Network,FileType,Hash|} { \"${3:value}\" }",
        "dictionary":
            "dictionary ${1:name} {\n    threshold ${2:10}\n    ${3:10} phrase \"${4:text}\"\n}\n",
        "define": "define ${1:name} = ${2:condition}",
        "setting": "setting ${1:name} take ${2:largest} {\n    otherwise ${3:value}\n}\n",
        "quarantine": "quarantine ${1:area} {\n    keep ${2:30 days}\n}\n",
        "uninspectable":
            "uninspectable {\n    if encrypted then quarantine ${1:sealed}\n    if damaged, ambiguous, unsupported then quarantine ${2:unreadable}\n    if over-limit then quarantine ${3:oversized}\n    if engine-down then defer\n}\n",
        "rule":
            "rule ${1:name} \"${2:title}\" {\n    on     ${3|inbound,outbound,internal|}\n    when   ${4:condition}\n    then   ${5:quarantine area}\n}\n",
        "mandatory":
            "mandatory rule ${1:name} \"${2:title}\" {\n    when   ${3:condition}\n    then   ${4:quarantine area}\n}\n",
        "exempt": "exempt ${1:name} from ${2:rule} {\n    when ${3:condition}\n}\n",
        "score": "score ${1:name} {\n    ${2:5} when ${3:condition}\n}\n",
        "template":
            "template ${1:name} {\n    ${2:en} {\n        subject \"${3:subject}\"\n        body    \"${4:body}\"\n    }\n}\n",
        "test":
            "test \"${1:what is shown}\" {\n    mail   \"${2:samples/note.eml}\" ${3|inbound,outbound,internal|} from \"${4:zoe@client.example}\" to \"${5:bob@example.org}\"\n    expect ${6:deliver}\n}\n",
    ]
}

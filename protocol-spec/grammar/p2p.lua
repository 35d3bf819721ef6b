-- Wireshark dissector for p2p.today 0.7 (protocol-spec, chapters 2 to 4).
--
--   tshark -X lua_script:protocol-spec/grammar/p2p.lua -r capture.pcap -V
--
-- A link is recognised by its first frame, whose checksum holds (handshakes go raw, CMP-12), or by "Decode As".
-- A body is read as CMP-7 and CMP-8 say: the codec that its magic names, then raw, and the checksum decides. Wireshark
-- undoes zlib and gzip in every version, zstd and snappy in newer ones; other codecs are named and left closed.
-- Handshakes teach the codecs of a link; a body coded by one that was not listed gets a note.

local p2p = Proto("p2p", "p2p.today 0.7")

local MAX_FRAME = 16777216 -- limits.csv: max-frame
local MAX_DEPTH = 64 -- limits.csv: max-depth

local TYPES = {
    -- registry: opcodes as_type
    [0x00] = "broadcast",
    [0x01] = "renegotiate",
    [0x02] = "whisper",
    [0x03] = "ping",
    [0x04] = "pong",
    -- end of registry
}
local SUB_FLAGS = {
    -- registry: opcodes as_sub_flag
    [0x00] = "broadcast",
    [0x01] = "compression",
    [0x02] = "whisper",
    [0x03] = "ping",
    [0x04] = "pong",
    [0x05] = "handshake",
    [0x06] = "notify",
    [0x07] = "peers",
    [0x08] = "request",
    [0x09] = "resend",
    [0x0a] = "response",
    [0x0b] = "store",
    [0x0c] = "retrieve",
    [0x0d] = "retrieved",
    [0x0e] = "forward",
    [0x0f] = "new_paths",
    [0x10] = "revoke_paths",
    [0x11] = "delta",
    -- end of registry
}
local CODECS = {
    -- registry: codecs
    [0x10] = "bz2",
    [0x11] = "gzip",
    [0x12] = "lzma",
    [0x13] = "zlib",
    [0x14] = "bwtc",
    [0x15] = "context1",
    [0x16] = "defsum",
    [0x17] = "dmc",
    [0x18] = "fenwick",
    [0x19] = "huffman",
    [0x1a] = "lzjb",
    [0x1b] = "lzjbr",
    [0x1c] = "lzp3",
    [0x1d] = "mtf",
    [0x1e] = "ppmd",
    [0x1f] = "simple",
    [0x20] = "snappy",
    [0x21] = "lz4",
    [0x22] = "zstd",
    -- end of registry
}

local f = p2p.fields
f.length = ProtoField.uint32("p2p.length", "Length of the body", base.DEC)
f.codec = ProtoField.string("p2p.codec", "Codec")
f.body = ProtoField.bytes("p2p.body", "Coded body")
f.checksum = ProtoField.bytes("p2p.id", "Checksum (message id)")
f.holds = ProtoField.bool("p2p.checksum_holds", "Checksum holds")
f.type = ProtoField.uint8("p2p.type", "Type", base.HEX, TYPES)
f.sender = ProtoField.string("p2p.sender", "Sender")
f.time = ProtoField.absolute_time("p2p.time", "Time", base.UTC)
f.sub_flag = ProtoField.uint8("p2p.sub_flag", "Sub-flag", base.HEX, SUB_FLAGS)
f.item = ProtoField.string("p2p.item", "Item")

local e = p2p.experts
local function note(name, text, group, severity)
    return ProtoExpert.new("p2p." .. name, text, expert.group[group], expert.severity[severity])
end
e.checksum = note("error.checksum", "CHECKSUM: no reading of the body has it", "CHECKSUM", "ERROR")
e.body = note("error.body", "BODY: not well-formed msgpack", "MALFORMED", "ERROR")
e.trailing = note("error.trailing", "TRAILING: bytes after the message", "MALFORMED", "ERROR")
e.shape = note("error.shape", "SHAPE: not a message", "MALFORMED", "ERROR")
e.closed = note("note.closed", "Wireshark cannot undo this codec", "UNDECODED", "NOTE")
e.unlisted = note("note.unlisted", "The receiver has not listed this codec", "PROTOCOL", "WARN")

local tcp_stream = Field.new("tcp.stream")
local listed = {} -- "stream address:port" -> set of the codecs that this end can read

-- SHA-256, since Wireshark offers Lua none ----------------------------------------------------------------------------

local band, bnot, bxor, ror, rshift, tobit = bit.band, bit.bnot, bit.bxor, bit.ror, bit.rshift, bit.tobit

local function primes(count)
    local found, n = {}, 2
    while #found < count do
        local prime = true
        for _, p in ipairs(found) do
            if n % p == 0 then prime = false break end
        end
        if prime then found[#found + 1] = n end
        n = n + 1
    end
    return found
end

-- The first 32 bits of the fraction of a root: doubles hold them exactly enough for the first 64 primes.
local function fraction(root)
    return tobit(math.floor((root % 1) * 4294967296))
end

local K, START = {}, {}
for i, p in ipairs(primes(64)) do
    K[i] = fraction(p ^ (1 / 3))
    if i <= 8 then START[i] = fraction(p ^ 0.5) end
end

local function sha256(data)
    local length = #data
    data = data .. "\128" .. string.rep("\0", (55 - length) % 64)
    data = data .. string.rep("\0", 3)
        .. string.char(math.floor(length / 536870912) % 256, math.floor(length / 2097152) % 256,
            math.floor(length / 8192) % 256, math.floor(length / 32) % 256, length * 8 % 256)
    local h = {}
    for i = 1, 8 do h[i] = START[i] end
    local w = {}
    for at = 1, #data, 64 do
        for i = 1, 16 do
            local a, b, c, d = string.byte(data, at + i * 4 - 4, at + i * 4 - 1)
            w[i] = tobit(((a * 256 + b) * 256 + c) * 256 + d)
        end
        for i = 17, 64 do
            local x, y = w[i - 15], w[i - 2]
            w[i] = tobit(w[i - 16] + w[i - 7] + bxor(ror(x, 7), ror(x, 18), rshift(x, 3))
                + bxor(ror(y, 17), ror(y, 19), rshift(y, 10)))
        end
        local s = {}
        for i = 1, 8 do s[i] = h[i] end
        for i = 1, 64 do
            local t1 = s[8] + bxor(ror(s[5], 6), ror(s[5], 11), ror(s[5], 25))
                + bxor(band(s[5], s[6]), band(bnot(s[5]), s[7])) + K[i] + w[i]
            local t2 = bxor(ror(s[1], 2), ror(s[1], 13), ror(s[1], 22))
                + bxor(band(s[1], s[2]), band(s[1], s[3]), band(s[2], s[3]))
            s[8], s[7], s[6], s[5] = s[7], s[6], s[5], tobit(s[4] + t1)
            s[4], s[3], s[2], s[1] = s[3], s[2], s[1], tobit(t1 + t2)
        end
        for i = 1, 8 do h[i] = tobit(h[i] + s[i]) end
    end
    local out = {}
    for i = 1, 8 do
        out[i] = string.char(band(rshift(h[i], 24), 255), band(rshift(h[i], 16), 255), band(rshift(h[i], 8), 255),
            band(h[i], 255))
    end
    return table.concat(out)
end

-- plain: a Tvb range that begins with a checksum. FRM-7
local function holds(plain)
    if plain:len() < 32 then return false end
    local bare = plain:len() > 32 and plain(32):raw() or ""
    return sha256(bare) == plain(0, 32):raw()
end

-- msgpack -------------------------------------------------------------------------------------------------------------

local MALFORMED = {} -- thrown and caught here, so that no other error is mistaken for it

local function need(buf, at, count)
    if at + count > buf:len() then error(MALFORMED) end
end

local function number(buf, at, size)
    need(buf, at, size)
    if size == 8 then return buf(at, 8):uint64() end
    return buf(at, size):uint()
end

local function signed(buf, at, size)
    need(buf, at, size)
    if size == 8 then return buf(at, 8):int64() end
    return buf(at, size):int()
end

-- Kind, header size and length (or count, or value) of the item at an offset.
local function head(buf, at)
    need(buf, at, 1)
    local form = buf(at, 1):uint()
    if form <= 0x7f then return "integer", 1, form end
    if form <= 0x8f then return "map", 1, form - 0x80 end
    if form <= 0x9f then return "array", 1, form - 0x90 end
    if form <= 0xbf then return "text", 1, form - 0xa0 end
    if form >= 0xe0 then return "integer", 1, form - 0x100 end
    if form == 0xc0 then return "nil", 1, "nil" end
    if form == 0xc1 then error(MALFORMED) end
    if form <= 0xc3 then return "boolean", 1, tostring(form == 0xc3) end
    if form <= 0xc6 then local n = 2 ^ (form - 0xc4) return "binary", 1 + n, number(buf, at + 1, n) end
    if form <= 0xc9 then local n = 2 ^ (form - 0xc7) return "ext", 2 + n, number(buf, at + 1, n) end
    if form <= 0xcb then
        local n = form == 0xca and 4 or 8
        need(buf, at + 1, n)
        return "float", 1 + n, buf(at + 1, n):float()
    end
    if form <= 0xcf then local n = 2 ^ (form - 0xcc) return "integer", 1 + n, number(buf, at + 1, n) end
    if form <= 0xd3 then local n = 2 ^ (form - 0xd0) return "integer", 1 + n, signed(buf, at + 1, n) end
    if form <= 0xd8 then return "ext", 2, 2 ^ (form - 0xd4) end
    if form <= 0xdb then local n = 2 ^ (form - 0xd9) return "text", 1 + n, number(buf, at + 1, n) end
    if form <= 0xdd then local n = 2 ^ (form - 0xdb) return "array", 1 + n, number(buf, at + 1, n) end
    local n = 2 ^ (form - 0xdd)
    return "map", 1 + n, number(buf, at + 1, n)
end

local function hex(range)
    return tostring(range:bytes()):lower()
end

-- Adds the item at an offset to the tree; returns the offset behind it, its kind and its value.
local function item(buf, at, tree, label, depth)
    local kind, size, value = head(buf, at)
    if kind == "array" or kind == "map" then
        -- MPK-6 and MPK-7: what cannot fit, or nests too deep, is not begun.
        local least = kind == "map" and 2 * value or value
        if least > buf:len() - at - size or depth > MAX_DEPTH then error(MALFORMED) end
        local node = tree:add(f.item, buf(at, size), kind .. " of " .. value)
        if label then node:prepend_text(label .. ": ") end
        local first = at
        at = at + size
        for i = 1, value do
            at = item(buf, at, node, kind == "map" and "key" or nil, depth + 1)
            if kind == "map" then at = item(buf, at, node, "value", depth + 1) end
        end
        node:set_len(at - first)
        return at, kind, value
    end
    local total = size
    local shown
    if kind == "text" or kind == "binary" or kind == "ext" then
        need(buf, at + size, value)
        total = size + value
        local bytes = value > 0 and buf(at + size, value) or nil
        if kind == "text" then
            value = bytes and bytes:string(ENC_UTF_8) or ""
            shown = "text \"" .. value .. "\""
        else
            value = bytes and bytes:raw() or ""
            -- Ids of the BINARY dialect are base58, so binary that is printable is shown as such.
            local printable = value:match("^[%w%p ]+$")
            shown = kind .. (printable and (" \"" .. value .. "\"") or (" " .. (bytes and hex(bytes) or "(empty)")))
        end
    else
        shown = kind == "integer" and tostring(value) or (kind .. " " .. tostring(value))
    end
    local node = tree:add(f.item, buf(at, total), shown)
    if label then node:prepend_text(label .. ": ") end
    return at + total, kind, value
end

-- messages ------------------------------------------------------------------------------------------------------------

local function stream_number()
    local field = tcp_stream()
    return field and tostring(field.value) or "?"
end

-- The key of one end of a link.
local function end_of(address, port)
    return stream_number() .. " " .. tostring(address) .. ":" .. tostring(port)
end

-- A handshake lists what its author can read: [5, id, protocol id, address, codecs].
local function learn(buf, at, pinfo)
    local kind, size, count = head(buf, at)
    if kind ~= "array" then return end
    at = at + size
    local set = {}
    for _ = 1, count do
        local what, header, value = head(buf, at)
        if what == "integer" then
            set[tonumber(tostring(value))] = true
            at = at + header
        elseif what == "text" then
            at = at + header + value -- an extension token, EXT-1
        else
            return
        end
    end
    listed[end_of(pinfo.src, pinfo.src_port)] = set
end

local function message(buf, tree, pinfo)
    local kind, size, count = head(buf, 0)
    if kind ~= "array" or count < 3 then
        tree:add_proto_expert_info(e.shape)
        return "not a message"
    end
    local at, kinds, ranges, values = size, {}, {}, {}
    local hidden = tree:add(p2p, buf(0), "Items: " .. count)
    for i = 1, count do
        local from = at
        at, kinds[i], values[i] = item(buf, at, hidden, nil, 2)
        ranges[i] = buf(from, at - from)
    end
    local kind_of = kinds[1] == "integer" and tonumber(tostring(values[1])) or nil
    if not kind_of or kind_of < 0 or kind_of > 255 or not (kinds[2] == "text" or kinds[2] == "binary")
        or kinds[3] ~= "integer" then
        tree:add_proto_expert_info(e.shape)
        return "not a message"
    end
    tree:add(f.type, ranges[1], kind_of)
    tree:add(f.sender, ranges[2], values[2])
    tree:add(f.time, ranges[3], NSTime.new(tonumber(tostring(values[3])), 0))
    local name = TYPES[kind_of] or string.format("0x%02x", kind_of)
    local sub = kinds[4] == "integer" and tonumber(tostring(values[4])) or nil
    if sub and sub >= 0 and sub <= 255 then
        tree:add(f.sub_flag, ranges[4], sub)
        name = name .. "/" .. (SUB_FLAGS[sub] or string.format("0x%02x", sub))
    end
    if sub == 0x05 and count == 8 then
        learn(ranges[8], 0, pinfo)
    end
    if at < buf:len() then
        tree:add_proto_expert_info(e.trailing)
    end
    return name
end

-- bodies --------------------------------------------------------------------------------------------------------------

-- CMP-7: the codec that the first bytes name, or nothing. codecs.csv, column magic
local function by_magic(body)
    local start = body(0, math.min(10, body:len())):raw()
    if start:match("^BZh[1-9]1AY&SY") or start:match("^BZh[1-9]\23rE8P\144") then return "bz2" end
    if start:sub(1, 3) == "\31\139\8" then return "gzip" end
    if start:sub(1, 6) == "\2537zXZ\0" then return "lzma" end
    if start:sub(1, 4) == "\4\34\77\24" then return "lz4" end
    if start:sub(1, 4) == "\40\181\47\253" then return "zstd" end
    local a, b = start:byte(1, 2)
    if a % 16 == 8 and a < 128 and (a * 256 + b) % 31 == 0 and band(b, 32) == 0 then return "zlib" end
    return nil
end

-- The ways of Wireshark to undo a codec, newest first; which of them there are depends on its version.
local UNDO = {
    zlib = { "uncompress_zlib", "uncompress" },
    gzip = { "uncompress_zlib", "uncompress" },
    zstd = { "uncompress_zstd" },
    snappy = { "uncompress_snappy" },
}

local function undo(body, codec)
    for _, method in ipairs(UNDO[codec] or {}) do
        local known, call = pcall(function() return body[method] end)
        if known and call then
            local done, plain = pcall(call, body, codec .. " undone")
            if done and plain and plain:len() >= 32 then return plain end
        end
    end
    return nil
end

-- The plain text of a body and the name of its codec; without plain text, why.
local function read_body(body)
    local magic = by_magic(body)
    if magic then
        local plain = undo(body, magic)
        if plain and holds(plain) then return plain, magic end
    end
    if holds(body) then return body, "raw" end
    local plain = undo(body, "snappy")
    if plain and holds(plain) then return plain, "snappy" end
    return nil, magic
end

local function code_of(name)
    for code, known in pairs(CODECS) do
        if known == name then return code end
    end
    return nil
end

local function note_unlisted(codec, tree, pinfo)
    local set = listed[end_of(pinfo.dst, pinfo.dst_port)]
    if codec ~= "raw" and set and not set[code_of(codec)] then
        tree:add_proto_expert_info(e.unlisted)
    end
end

local function frame_length(tvb, _, offset)
    return 4 + tvb(offset, 4):uint()
end

local function dissect_frame(tvb, pinfo, tree)
    local node = tree:add(p2p, tvb())
    node:add(f.length, tvb(0, 4))
    local summary
    if tvb:len() < 36 then
        node:add_proto_expert_info(e.checksum)
        summary = "SHORT"
    else
        local body = tvb(4)
        local plain, codec = read_body(body)
        if plain then
            node:add(f.codec, body, codec)
            note_unlisted(codec, node, pinfo)
            node:add(f.checksum, plain(0, 32))
            node:add(f.holds, plain(0, 32), true)
            local done, name = pcall(message, plain(32):tvb(), node, pinfo)
            if not done then
                if name ~= MALFORMED then error(name) end
                node:add_proto_expert_info(e.body)
                name = "BODY"
            end
            summary = codec == "raw" and name or (name .. " (" .. codec .. ")")
        elseif codec then
            node:add(f.codec, body, codec)
            note_unlisted(codec, node, pinfo)
            node:add(f.body, body)
            node:add_proto_expert_info(e.closed)
            summary = codec .. " (closed)"
        else
            local set = listed[end_of(pinfo.dst, pinfo.dst_port)]
            local maybe = set and set[code_of("snappy")]
            node:add(f.codec, body, maybe and "snappy or none" or "none")
            node:add(f.body, body)
            node:add_proto_expert_info(maybe and e.closed or e.checksum)
            summary = maybe and "snappy (closed)" or "CHECKSUM"
        end
    end
    node:append_text(", " .. summary)
    local info = tostring(pinfo.cols.info)
    pinfo.cols.info = info == "" and summary or (info .. ", " .. summary)
    return tvb:len()
end

function p2p.dissector(tvb, pinfo, tree)
    pinfo.cols.protocol = "p2p"
    pinfo.cols.info = ""
    dissect_tcp_pdus(tvb, tree, 4, frame_length, dissect_frame)
    return tvb:len()
end

p2p:register_heuristic("tcp", function(tvb, pinfo, tree)
    if tvb:len() < 40 then return false end
    local length = tvb(0, 4):uint()
    if length < 36 or length > MAX_FRAME or tvb:len() < 4 + length then return false end
    if not holds(tvb(4, length)) then return false end
    pinfo.conversation = p2p
    p2p.dissector(tvb, pinfo, tree)
    return true
end)

DissectorTable.get("tcp.port"):add_for_decode_as(p2p)

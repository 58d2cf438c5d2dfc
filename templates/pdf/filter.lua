-- A document's sections, tables, clauses and drawings → calls of the functions in parts.typ.
-- What pandoc's own typst writer does well (text, lists, links, plain headings) is left to it.

local BOXES = {
  lead = 'lead', note = 'note', ['editors-note'] = 'note', callout = 'callout', draft = 'warning',
  commitment = 'commitment', binds = 'binds', landscape = 'landscape', opening = 'opening',
}
local PLAIN = pandoc.WriterOptions { wrap_text = 'none' }

local function quoted(text) return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"' end
local function raw(text, ...) return pandoc.RawBlock('typst', select('#', ...) > 0 and text:format(...) or text) end
local function is(block, class) return block.t == 'Div' and block.classes:includes(class) end

-- Blocks as an argument: pandoc still writes them, between two lines of code.
local function within(before, blocks, after)
  local all = pandoc.Blocks { raw(before) }
  all:extend(blocks)
  all:insert(raw(after))
  return all
end

local function joined(lists)
  local all = pandoc.Blocks {}
  for _, blocks in ipairs(lists) do all:extend(blocks) end
  return all
end

-- A heading or a caption on one line; written apart, so that pandoc escapes what looks like markup at its start.
local function line(inlines)
  return (pandoc.write(pandoc.Pandoc { pandoc.Plain(inlines) }, 'typst-smart', PLAIN):gsub('%s+$', ''))
end

local function mark(id) return pandoc.RawInline('typst', '#anchor(' .. quoted(id) .. ')') end

-- Blocks that a link can lead to: the anchor stands in their first paragraph.
local function anchored(id, blocks)
  if id == '' then return blocks end
  for _, block in ipairs(blocks) do
    if block.t == 'Para' or block.t == 'Plain' then
      block.content:insert(1, mark(id))
      return blocks
    end
  end
  blocks:insert(1, pandoc.Plain { mark(id) })
  return blocks
end

-- The divisions of a class as one list, with what belongs to each; what else there is stands before and after it.
local function listed(name, class, blocks, belongs, content)
  local before, items, after = pandoc.Blocks {}, {}, pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    if is(block, class) then
      local own = anchored(block.identifier, block.content)
      table.insert(items, { number = block.attributes.number, blocks = own })
    elseif #items == 0 then
      before:insert(block)
    elseif belongs(block) then
      items[#items].blocks:insert(block)
    else
      after:insert(block)
    end
  end
  if #items == 0 then return before end
  local shown = {}
  for i, item in ipairs(items) do
    shown[i] = within('(' .. quoted(item.number) .. ', [', content(item.blocks), ']),')
  end
  return joined { before, within('#' .. name .. '(', joined(shown), ')'), after }
end

local function clauses(blocks)
  local function of_subclause(block) return is(block, 'of-subclause') end
  local function subclauses(content)
    return listed('subclauses', 'subclause', content, of_subclause, function(own) return own end)
  end
  return listed('clauses', 'clause', blocks, function() return true end, subclauses)
end

local function minutes(blocks)
  return listed('clauses', 'minute', blocks, function() return true end, function(own) return own end)
end

local function definitions(name, list)
  local items = {}
  for i, item in ipairs(list.content) do
    items[i] = joined {
      within('([', { pandoc.Plain(item[1]) }, '], ['), joined(item[2]), { raw(']),') },
    }
  end
  return within('#' .. name .. '(', joined(items), ')')
end

-- Each column's share of the width: as the template says, but never less than its longest word needs.
local function columns(el, rows)
  local letter = el.attributes.wide and 0.95 or 1.6
  local shares = {}
  for i, spec in ipairs(el.colspecs) do
    local longest = 0
    for _, row in ipairs(rows) do
      for word in pandoc.utils.stringify(row.cells[i].contents):gmatch('%S+') do
        longest = math.max(longest, utf8.len(word))
      end
    end
    local needed = letter * (math.min(longest, 20) + 2.2)
    shares[i] = spec[2] and ('%.1ffr'):format(math.max(100 * spec[2], needed)) or 'auto'
  end
  return table.concat(shares, ', ')
end

-- A row stays on one page, unless it could be longer than a page.
local function cells(row)
  local shown = {}
  for i, cell in ipairs(row.cells) do
    local long = #pandoc.utils.stringify(cell.contents) > 1000
    local blocks = anchored(cell.identifier, cell.contents)
    if i == 1 then blocks = anchored(row.identifier, blocks) end
    shown[i] = within(long and 'table.cell(breakable: true)[' or '[', blocks, '],')
  end
  return joined(shown)
end

local function records(el)
  local caption = line(pandoc.utils.blocks_to_inlines(el.caption.long))
  local rows, head = pandoc.List {}, el.head.rows[1]
  for _, body in ipairs(el.bodies) do
    if not head or body.row_head_columns ~= 1 then
      error('the table “' .. caption .. '” needs a row of headers, and a header as the first cell of each row', 0)
    end
    rows:extend(body.body)
  end
  local shown = rows:map(cells)
  rows:insert(head)
  local kind = quoted(el.classes[1] or '')
  return joined {
    { raw('#records([%s], (%s), %s,', caption, columns(el, rows), kind) },
    within('table.header(', cells(head), '),'), joined(shown), { raw(')') },
  }
end

-- Pandoc does not escape what looks like a list's sign at the start of a list's item.
local function plain(el)
  local first = el.content[1]
  if first and first.t == 'Str' and (first.text:match('^[-+/=]+$') or first.text:match('^%d+%.$')) then
    el.content:insert(1, pandoc.RawInline('typst', '#[]'))
  end
  return el
end

-- Typst reads dashes and dots as shorthand; here every sign is meant as it stands.
local function literal(el)
  for _, shorthand in ipairs { '%-%-', '%-%?', '^%-%d', '%p%-%d', '%.%.%.' } do
    if el.text:match(shorthand) then return pandoc.RawInline('typst', '#' .. quoted(el.text) .. ';') end
  end
end

-- What opens a list stays with it; the heading of a PDF from elsewhere goes onto its first page.
local function openings(blocks)
  for i = #blocks, 2, -1 do
    if is(blocks[i], 'leaf') and is(blocks[i - 1], 'enclosure-head') then
      for place, block in ipairs(blocks[i - 1].content) do blocks[i].content:insert(place, block) end
      blocks:remove(i - 1)
    end
  end
  for i, block in ipairs(blocks) do
    local following = blocks[i + 1]
    if block.t == 'Para' and following and following.t:match('List$') then
      blocks[i] = pandoc.Div({ block }, { class = 'opening' })
    end
  end
  return blocks
end

local function document(doc)
  local chapters = 0
  doc:walk { Header = function(el) if el.level == 1 then chapters = chapters + 1 end end }
  doc.blocks:insert(1, raw('#import "document.typ": *\n#show: %s', chapters > 1 and 'long' or 'brief'))
  return doc
end

-- What only the division around it tells of a table or a list.
local function prepared(el)
  if is(el, 'landscape') then
    return el:walk { Table = function(wide) wide.attributes.wide = 'yes' return wide end }
  elseif not is(el, 'glossary') then
    return nil
  end
  local shown = pandoc.Blocks {}
  for _, block in ipairs(el.content) do
    if block.t == 'DefinitionList' then shown:extend(definitions('glossary', block)) else shown:insert(block) end
  end
  return shown
end

local function image(el)
  local alternative = quoted(pandoc.utils.stringify(el.caption))
  if el.src:match('^leaf:') then
    local turned = tostring(el.classes:includes('turned'))
    return pandoc.RawInline('typst', ('#leaf(%s, %s, %s)'):format(quoted(el.src), alternative, turned))
  end
  local name = el.src:match('^drawing:(.+)$')
  if not name then error('this image is not one of our drawings: ' .. el.src, 0) end
  return pandoc.RawInline('typst', ('#drawing(%s, %s)'):format(quoted(name), alternative))
end

local function heading(el)
  local number = el.attributes.number
  if not number then return nil end
  local start = ('#heading(level: %d, numbering: (..) => %s)'):format(el.level, quoted(number))
  return raw('%s[%s] <%s>', start, line(el.content), el.identifier)
end

local function division(el)
  if is(el, 'clauses') then return clauses(el.content) end
  if is(el, 'minutes') then return minutes(el.content) end
  if is(el, 'clause') or is(el, 'subclause') or is(el, 'minute') then return nil end
  if is(el, 'leaf') then
    local picture = el.content:remove()
    return within(picture.content[1].text .. '[', el.content, ']')
  end
  if (el.attributes.sign or '') ~= '' then
    el.content:insert(1, raw('#signed(%s)', quoted(el.attributes.sign)))
    el.content:insert(raw('#signed("")'))
  end
  if is(el, 'new-page') then el.content:insert(1, raw('#new-page')) end
  local blocks, name = anchored(el.identifier, el.content), nil
  for _, class in ipairs(el.classes) do name = BOXES[class] or name end
  if not name then return blocks end
  local box = within('#' .. name .. '[', blocks, ']')
  return is(el, 'of-subclause') and pandoc.Div(box, el.attr) or box
end

return {
  { Pandoc = document, Blocks = openings, Div = prepared, Plain = plain, Image = image },
  { Str = literal },
  {
    Div = division,
    Header = heading,
    Table = records,
    DefinitionList = function(el) return definitions('facts', el) end,
    Figure = function(el)
      local caption = line(pandoc.utils.blocks_to_inlines(el.caption.long))
      return within('#illustration([' .. caption .. '], [', el.content, '])')
    end,
    Link = function(el)
      if not el.classes:includes('page-of') then return nil end
      return pandoc.RawInline('typst', '#page-of(' .. quoted(el.target:sub(2)) .. ')')
    end,
    Span = function(el)
      if el.identifier == '' then return nil end
      el.content:insert(1, mark(el.identifier))
      return el.content
    end,
  },
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About BreakHis Desktop</source>
        <translation>Sobre o BreakHis Desktop</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copies these facts, with the hashes of the model files</source>
        <translation>Copia estes dados, com os hashes dos arquivos dos modelos</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Sorts breast histology fields by suspicion of malignancy.</source>
        <translation>Ordena campos de histologia da mama por suspeita de malignidade.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versão</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licença</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>not loaded</source>
        <translation>não carregados</translation>
    </message>
    <message>
        <source>{models}, made {date} with Keras {keras}</source>
        <translation>{models}, feitos em {date} com Keras {keras}</translation>
    </message>
    <message>
        <source>Model id</source>
        <translation>Id dos modelos</translation>
    </message>
    <message>
        <source>{name}: malignant from {threshold} upwards</source>
        <translation>{name}: maligno a partir de {threshold}</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
</context>
<context>
    <name>AddImages</name>
    <message>
        <source>Synthetic samples</source>
        <translation>Exemplos sintéticos</translation>
    </message>
    <message>
        <source>{name}, without the gate</source>
        <translation>{name}, sem controle de qualidade</translation>
    </message>
    <message>
        <source>{name}, failed files</source>
        <translation>{name}, arquivos com falha</translation>
    </message>
    <message>
        <source>Add a folder of images</source>
        <translation>Adicionar uma pasta de imagens</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>Adicionar imagens</translation>
    </message>
    <message>
        <source>Images ({patterns});;All files (*)</source>
        <translation>Imagens ({patterns});;Todos os arquivos (*)</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>The store with earlier runs is damaged; it was moved to {file}, and a new one was started.</source>
        <translation>O banco de dados das análises anteriores está danificado; ele foi movido para {file}, e um novo foi criado.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Dispensar</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Agora não</translation>
    </message>
</context>
<context>
    <name>CardPage</name>
    <message>
        <source>made {date} with Keras {keras}</source>
        <translation>feitos em {date} com Keras {keras}</translation>
    </message>
    <message>
        <source>id</source>
        <translation>id</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>Indicados para</translation>
    </message>
    <message>
        <source>Not to be used for</source>
        <translation>Não usar para</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>Malignant from</source>
        <translation>Maligno a partir de</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Sensibilidade</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>Especificidade</translation>
    </message>
    <message>
        <source>Operating points</source>
        <translation>Pontos de operação</translation>
    </message>
    <message>
        <source>By image</source>
        <translation>Por imagem</translation>
    </message>
    <message>
        <source>By patient</source>
        <translation>Por paciente</translation>
    </message>
    <message>
        <source>Subtype, by image</source>
        <translation>Subtipo, por imagem</translation>
    </message>
    <message>
        <source>On patients that the models had not seen, with 95% intervals.</source>
        <translation>Em pacientes que os modelos não haviam visto, com intervalos de 95%.</translation>
    </message>
    <message>
        <source>How well they performed</source>
        <translation>Desempenho</translation>
    </message>
    <message>
        <source>Area under the ROC curve</source>
        <translation>Área sob a curva ROC</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Acurácia</translation>
    </message>
    <message>
        <source>Macro recall</source>
        <translation>Sensibilidade média entre os subtipos</translation>
    </message>
    <message>
        <source>Brier score (0 is perfect)</source>
        <translation>Escore de Brier (0 é perfeito)</translation>
    </message>
    <message>
        <source>Recall of each subtype</source>
        <translation>Sensibilidade de cada subtipo</translation>
    </message>
    <message>
        <source>{images} images of {accessions} accessions</source>
        <translation>{images} imagens de {accessions} amostras</translation>
    </message>
    <message>
        <source>{name}: {images} images of {patients} patients and {accessions} accessions.</source>
        <translation>{name}: {images} imagens de {patients} pacientes e {accessions} amostras.</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Treinados com</translation>
    </message>
    <message>
        <source>Quality gate</source>
        <translation>Controle de qualidade</translation>
    </message>
    <message>
        <source>Known limits</source>
        <translation>Limitações conhecidas</translation>
    </message>
    <message>
        <source>Files, with their SHA-256</source>
        <translation>Arquivos e seus SHA-256</translation>
    </message>
    <message>
        <source>It uses limits that were set for these models.</source>
        <translation>Usa limites definidos para estes modelos.</translation>
    </message>
    <message>
        <source>It uses the program&apos;s own limits, because these models set none.</source>
        <translation>Usa os limites do próprio programa, porque estes modelos não definem nenhum.</translation>
    </message>
    <message>
        <source>left out here; {derived} is used instead</source>
        <translation>omitido aqui, pois {derived} é executado em seu lugar</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Contact sheet of the results</source>
        <translation>Miniaturas dos resultados</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>Enlarge</source>
        <translation>Ampliar</translation>
    </message>
    <message>
        <source>Shows the image in a window of its own (Enter or Space); N and P go to the next and the previous</source>
        <translation>Mostra a imagem em uma janela separada (Enter ou Espaço); N e P vão para a próxima e a anterior</translation>
    </message>
    <message>
        <source>Analyse the refused images</source>
        <translation>Classificar as recusadas</translation>
    </message>
    <message>
        <source>Queues the refused images of this job again, without the quality gate; every output shows this</source>
        <translation>Coloca de novo na fila as imagens recusadas deste trabalho, sem o controle de qualidade; todos os arquivos exportados indicam isso</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>PATIENT {name}</source>
        <translation>PACIENTE {name}</translation>
    </message>
    <message>
        <source>1 image in this run, with probability {mean}. {malignant} of 1 called malignant.</source>
        <translation>1 imagem nesta análise, com probabilidade {mean}. Malignas: {malignant} de 1.</translation>
    </message>
    <message>
        <source>{images} images in this run. Mean probability {mean}, highest {highest}. {malignant} of {images} called malignant.</source>
        <translation>{images} imagens nesta análise. Probabilidade média {mean}, máxima {highest}. Malignas: {malignant} de {images}.</translation>
    </message>
    <message>
        <source>Result of run {run}, which saw the same file</source>
        <translation>Resultado da análise {run}, do mesmo arquivo</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>The file will hold the versions of the program and its libraries, its log, the settings without names and folders, the ids of the models, and how many runs and images there are.

Names of patients, images and folders are left out. Nothing is sent anywhere: you decide whom you give the file to.</source>
        <translation>O arquivo conterá as versões do programa e de suas bibliotecas, o log, as configurações sem nomes nem pastas, os ids dos modelos e quantas análises e imagens existem.

Nomes de pacientes, imagens e pastas ficam de fora. Nada é enviado: só você decide a quem entregar o arquivo.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Salvar…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Save diagnostics</source>
        <translation>Salvar diagnóstico</translation>
    </message>
</context>
<context>
    <name>EarlierRuns</name>
    <message>
        <source>Opened the earlier run of “{name}” in place of the new job.</source>
        <translation>A análise anterior de “{name}” foi aberta no lugar do novo trabalho.</translation>
    </message>
</context>
<context>
    <name>EarlierRunsDialog</name>
    <message>
        <source>Earlier runs</source>
        <translation>Análises anteriores</translation>
    </message>
    <message>
        <source>Search by name, folder or date</source>
        <translation>Buscar por nome, pasta ou data</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Reading the store…</source>
        <translation>Lendo o banco de dados…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Revisadas</translation>
    </message>
    <message>
        <source>There are no earlier runs yet.</source>
        <translation>Ainda não há análises anteriores.</translation>
    </message>
    <message>
        <source>No run has these words in its name, folder or date.</source>
        <translation>Nenhuma análise tem essas palavras no nome, na pasta ou na data.</translation>
    </message>
    <message>
        <source>{ended} of {queued}</source>
        <translation>{ended} de {queued}</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add folder…</source>
        <translation>Adicionar pasta…</translation>
    </message>
    <message>
        <source>Try the sample images</source>
        <translation>Experimentar com as imagens de exemplo</translation>
    </message>
    <message>
        <source>Open that run</source>
        <translation>Abrir essa análise</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Ocorreu um erro</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copiar relatório</translation>
    </message>
    <message>
        <source>The program has a fault. Finished results are saved. You can continue, or start the program again. Please copy this report to whoever looks after the program: it names no patient and no file.</source>
        <translation>O programa falhou. Os resultados concluídos estão salvos. Você pode continuar ou reiniciar o programa. Copie este relatório e envie-o ao responsável pelo programa: o relatório não cita pacientes nem arquivos.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong</source>
        <translation>Ocorreu uma falha inesperada</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Writing {name}…</source>
        <translation>Gravando {name}…</translation>
    </message>
    <message>
        <source>Export as {format}</source>
        <translation>Exportar como {format}</translation>
    </message>
    <message>
        <source>{name} results</source>
        <translation>{name} resultados</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filters ▾</source>
        <translation>Filtros ▾</translation>
    </message>
    <message>
        <source>Filter by subtype, status, magnification, patient and review</source>
        <translation>Filtrar por subtipo, status, aumento, paciente e revisão</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Limpar todos os filtros</translation>
    </message>
    <message>
        <source>Search file, patient, note…</source>
        <translation>Buscar arquivo, paciente, nota…</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Buscar…</translation>
    </message>
    <message>
        <source>Search the results</source>
        <translation>Buscar nos resultados</translation>
    </message>
    <message>
        <source>Shows the images with all these words in name, folder, patient, reason or note; if any image has them together in this order, only such images (Ctrl+F)</source>
        <translation>Mostra as imagens com todas estas palavras no nome, na pasta, no paciente, no motivo ou na nota; se em alguma imagem elas aparecem juntas e nesta ordem, mostra só essas imagens (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>Remove this filter (Del)</source>
        <translation>Remover este filtro (Del)</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>{count} chosen</source>
        <translation>{count} escolhidos</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>Aumento</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Não revisadas</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Revisadas</translation>
    </message>
    <message>
        <source>Patient…</source>
        <translation>Paciente…</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>One photograph through the microscope, as opposed to the scan of a whole slide.</source>
        <translation>Uma fotografia feita ao microscópio, ao contrário da digitalização de uma lâmina inteira.</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>The slide id in the name of the image, such as 14-22549AB, or what the job&apos;s rule reads. The Patients page adds up the images of one accession.</source>
        <translation>O id da lâmina que consta no nome da imagem, como 14-22549AB, ou o que a regra do trabalho lê. A página Pacientes reúne as imagens de uma amostra.</translation>
    </message>
    <message>
        <source>Accession</source>
        <translation>Amostra</translation>
    </message>
    <message>
        <source>The laboratory&apos;s number of a specimen, such as 22549; several slides may come from one.</source>
        <translation>O material de um exame, com o número que o laboratório lhe dá, como 22549; várias lâminas podem vir da mesma amostra.</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>Aumento</translation>
    </message>
    <message>
        <source>How much the microscope enlarged the field. The models that ship with the program know 40×, 100×, 200× and 400×.</source>
        <translation>Quanto o microscópio ampliou o campo. Os modelos que vêm com o programa conhecem 40×, 100×, 200× e 400×.</translation>
    </message>
    <message>
        <source>Probability of malignancy</source>
        <translation>Probabilidade de malignidade</translation>
    </message>
    <message>
        <source>How sure the model is, from 0 to 1. It is calibrated: among many images at 0.80, about 80 in 100 would be malignant in a collection mixed like the one that the model learned from.</source>
        <translation>O grau de certeza do modelo, de 0 a 1. É calibrado: entre muitas imagens com 0,80, cerca de 80 em cada 100 seriam malignas em uma coleção de composição igual à daquela com que o modelo aprendeu.</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>The probability from which an image is called malignant. A lower one misses fewer malignant images and raises more false alarms.</source>
        <translation>A probabilidade a partir da qual uma imagem é classificada como maligna. Quanto mais baixa, menos imagens malignas passam despercebidas e mais alarmes falsos ocorrem.</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Sensibilidade</translation>
    </message>
    <message>
        <source>Of all images that are malignant, the share that was called malignant when the model was validated.</source>
        <translation>Entre todas as imagens malignas, a proporção classificada como maligna na validação do modelo.</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>Especificidade</translation>
    </message>
    <message>
        <source>Of all images that are benign, the share that was called benign when the model was validated.</source>
        <translation>Entre todas as imagens benignas, a proporção classificada como benigna na validação do modelo.</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>Intervalo de 95%</translation>
    </message>
    <message>
        <source>The range in which the true figure probably lies. It is wide if the figure rests on few specimens.</source>
        <translation>A faixa em que provavelmente está o valor verdadeiro. É larga quando o valor se baseia em poucas amostras.</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>A revisar</translation>
    </message>
    <message>
        <source>A person must look: the probability is near the operating point, the two models disagree, or the image is unusual.</source>
        <translation>Uma pessoa deve examinar a imagem: a probabilidade está perto do ponto de operação, os dois modelos discordam ou a imagem é incomum.</translation>
    </message>
    <message>
        <source>Models disagree</source>
        <translation>Modelos discordam</translation>
    </message>
    <message>
        <source>The first model calls the image benign or malignant, and the second favours a subtype of the other kind.</source>
        <translation>O primeiro modelo classifica a imagem como benigna ou maligna, e o segundo favorece um subtipo do outro grupo.</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusada</translation>
    </message>
    <message>
        <source>The image can be read but should not be analysed: blurred, empty glass, another stain, or unlike all training images.</source>
        <translation>A imagem pode ser lida, mas não deve ser classificada: está desfocada, sem tecido, em outra coloração ou é diferente de todas as imagens de treinamento.</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Which parts of the image led to the model&apos;s answer. It does not outline a lesion and proves nothing.</source>
        <translation>As partes da imagem que sustentaram a resposta do modelo. Não é o contorno de uma lesão e não prova nada.</translation>
    </message>
    <message>
        <source>Model bundle</source>
        <translation>Pacote de modelos</translation>
    </message>
    <message>
        <source>The folder with both models, their card and known images on which they are checked each time they load.</source>
        <translation>A pasta com os dois modelos, sua ficha e imagens conhecidas, com as quais os modelos são verificados sempre que são carregados.</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benigno</translation>
    </message>
    <message>
        <source>Not cancer. Subtypes: adenosis (A), fibroadenoma (F), phyllodes tumour (PT) and tubular adenoma (TA).</source>
        <translation>Sem neoplasia maligna. Subtipos: adenose (A), fibroadenoma (F), tumor filoide (PT) e adenoma tubular (TA).</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Cancer. Subtypes: ductal carcinoma (DC), lobular carcinoma (LC), mucinous carcinoma (MC) and papillary carcinoma (PC).</source>
        <translation>Neoplasia maligna. Subtipos: carcinoma ductal (DC), carcinoma lobular (LC), carcinoma mucinoso (MC) e carcinoma papilar (PC).</translation>
    </message>
    <message>
        <source>H&amp;E</source>
        <translation>H&amp;E</translation>
    </message>
    <message>
        <source>Haematoxylin and eosin, the common stain that colours nuclei blue-violet and the rest pink.</source>
        <translation>Hematoxilina e eosina, a coloração comum que mostra os núcleos em azul-violeta e o resto em rosa.</translation>
    </message>
</context>
<context>
    <name>HeatControls</name>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desligado</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>Intensidade do mapa de calor</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>What the model responded to, not an outline</source>
        <translation>Aquilo a que o modelo reagiu; não é um contorno</translation>
    </message>
    <message>
        <source>Shows how much each place adds to the answer of the model, on the model&apos;s own scale. The strongest place of an image glows fully if it adds {full:g} or more; where every place adds less, the image glows less. What speaks against the answer does not glow. H hides and shows the map.</source>
        <translation>Mostra quanto cada ponto contribui para a resposta do modelo, na escala do próprio modelo. O ponto mais forte de uma imagem brilha por completo se contribuir com {full:g} ou mais; se todos contribuírem com menos, a imagem brilha menos. O que pesa contra a resposta não brilha. H oculta o mapa e o mostra de novo.</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
</context>
<context>
    <name>IdentityChanges</name>
    <message>
        <source>1 image waits to be analysed again at its new magnification.</source>
        <translation>1 imagem aguarda nova análise com o novo aumento.</translation>
    </message>
    <message>
        <source>{count} images wait to be analysed again at their new magnification.</source>
        <translation>{count} imagens aguardam nova análise com o novo aumento.</translation>
    </message>
</context>
<context>
    <name>IdentityDialog</name>
    <message>
        <source>How patients are identified</source>
        <translation>Como os pacientes são identificados</translation>
    </message>
    <message>
        <source>Use this rule</source>
        <translation>Usar esta regra</translation>
    </message>
    <message>
        <source>Official BreakHis names, such as SOB_M_DC-14-22549AB-400-031.png</source>
        <translation>Nomes oficiais do BreakHis, como SOB_M_DC-14-22549AB-400-031.png</translation>
    </message>
    <message>
        <source>Each folder is one patient; a folder such as 100x belongs to the patient above it</source>
        <translation>Cada pasta é um paciente; uma pasta como 100x pertence ao paciente da pasta acima</translation>
    </message>
    <message>
        <source>A pattern in the names</source>
        <translation>Um padrão nos nomes</translation>
    </message>
    <message>
        <source>A table (CSV) with the column “file”, and “patient” or “magnification” or both</source>
        <translation>Uma tabela (CSV) com a coluna “file” e também “patient”, “magnification” ou ambas</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Padrão</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabela</translation>
    </message>
    <message>
        <source>patients.csv</source>
        <translation>pacientes.csv</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>If the pattern or table names no patient, the folder is the patient</source>
        <translation>Se o padrão ou a tabela não indicar o paciente, a pasta é o paciente</translation>
    </message>
    <message>
        <source>Names or folders state the magnification, such as 100x or x400</source>
        <translation>Os nomes ou as pastas indicam o aumento, como 100x ou x400</translation>
    </message>
    <message>
        <source>Compared with the name without its ending; each slash in the pattern adds a folder above. You can also use a regular expression.</source>
        <translation>É comparado com o nome sem a extensão; cada barra no padrão acrescenta uma pasta acima. Você também pode usar uma expressão regular.</translation>
    </message>
    <message>
        <source>What the rule reads from the first files</source>
        <translation>O que a regra lê nos primeiros arquivos</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Mag.</source>
        <translation>Aum.</translation>
    </message>
    <message>
        <source>An image that the rule does not identify is read by its BreakHis name, if it has one. Reviews stay; results too, unless another magnification affects them.</source>
        <translation>Uma imagem que a regra não identifica é lida pelo seu nome do BreakHis, se tiver um. As revisões ficam; os resultados também, a não ser que outro aumento os afete.</translation>
    </message>
    <message>
        <source>Choose the table</source>
        <translation>Escolher a tabela</translation>
    </message>
    <message>
        <source>CSV (*.csv);;All files (*)</source>
        <translation>CSV (*.csv);;Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>There is no image to try the rule on.</source>
        <translation>Não há imagem para testar a regra.</translation>
    </message>
    <message>
        <source>Tried on {images}: {patients} with a patient, {magnifications} with a magnification.</source>
        <translation>Testada em {images}: {patients} com paciente, {magnifications} com aumento.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhuma</translation>
    </message>
</context>
<context>
    <name>IdentityMenu</name>
    <message>
        <source>Magnification from names, such as 100x</source>
        <translation>Aumento pelos nomes, como 100x</translation>
    </message>
    <message>
        <source>How patients are identified…</source>
        <translation>Como os pacientes são identificados…</translation>
    </message>
</context>
<context>
    <name>IdentityRule</name>
    <message>
        <source>No patient known</source>
        <translation>Paciente desconhecido</translation>
    </message>
    <message>
        <source>1 image without</source>
        <translation>1 imagem sem paciente</translation>
    </message>
    <message>
        <source>{count} images without</source>
        <translation>{count} imagens sem paciente</translation>
    </message>
    <message>
        <source>patient from folder</source>
        <translation>paciente pela pasta</translation>
    </message>
    <message>
        <source>pattern {pattern}</source>
        <translation>padrão {pattern}</translation>
    </message>
    <message>
        <source>table {name}</source>
        <translation>tabela {name}</translation>
    </message>
    <message>
        <source>BreakHis names</source>
        <translation>Nomes do BreakHis</translation>
    </message>
    <message>
        <source>Each folder is one patient</source>
        <translation>Cada pasta é um paciente</translation>
    </message>
    <message>
        <source>{count} folders: one patient each</source>
        <translation>{count} pastas: um paciente cada</translation>
    </message>
    <message>
        <source>1 folder: one patient</source>
        <translation>1 pasta: um paciente</translation>
    </message>
    <message>
        <source>1 patient</source>
        <translation>1 paciente</translation>
    </message>
    <message>
        <source>{count} patients</source>
        <translation>{count} pacientes</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Padrão</translation>
    </message>
</context>
<context>
    <name>ImageNavigation</name>
    <message>
        <source>Larger view</source>
        <translation>Vista ampliada</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>Próxima imagem</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>Imagem anterior</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Lado a lado</translation>
    </message>
    <message>
        <source>The image alone and with its heat map; both zoom and move together</source>
        <translation>A imagem sozinha e com o mapa de calor; as duas são ampliadas e movidas juntas</translation>
    </message>
    <message>
        <source>Choose a row to see its image.</source>
        <translation>Escolha uma linha para ver a imagem.</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Não há imagem.</translation>
    </message>
    <message>
        <source>{row} of {rows}</source>
        <translation>{row} de {rows}</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Abrindo…</translation>
    </message>
    <message>
        <source>Patient {name}</source>
        <translation>Paciente {name}</translation>
    </message>
</context>
<context>
    <name>ImagePair</name>
    <message>
        <source>Chosen image without its heat map</source>
        <translation>Imagem escolhida sem o mapa de calor</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Chosen image</source>
        <translation>Imagem escolhida</translation>
    </message>
    <message>
        <source>Plus and minus zoom, F fits, 1 shows it pixel by pixel, Shift and arrows move it, Left and Right go to other images</source>
        <translation>As teclas + e − ampliam e reduzem, F ajusta, 1 mostra pixel a pixel, Shift e setas movem, Esquerda e Direita vão para outras imagens</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Aumentar o zoom</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Diminuir o zoom</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>{length}: by the pixel size that the authors of BreakHis state (Spanhol et al. 2016, Table 1). The authors computed this size instead of measuring it. Judging by the nuclei, the true pixel size is about 3.3 times as large.</source>
        <translation>{length}: pelo tamanho de pixel que os autores do BreakHis declaram (Spanhol et al. 2016, Tabela 1). Eles calcularam esse tamanho em vez de medi-lo. A julgar pelos núcleos, o verdadeiro tamanho do pixel é cerca de 3,3 vezes maior.</translation>
    </message>
    <message>
        <source>{length} µm, as published</source>
        <translation>{length} µm, conforme publicado</translation>
    </message>
</context>
<context>
    <name>Job</name>
    <message>
        <source>{count} files from {folder}</source>
        <translation>{count} arquivos de {folder}</translation>
    </message>
</context>
<context>
    <name>JobDelegate</name>
    <message>
        <source>cancelled</source>
        <translation>cancelado</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ concluído</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vazio</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>não iniciado</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>em espera</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>cancelando</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>pausando</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>em pausa</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>Interrupted after {ended} of {queued}</source>
        <translation>Interrompido após {ended} de {queued}</translation>
    </message>
    <message>
        <source>Paused after {ended} of {queued}</source>
        <translation>Em pausa após {ended} de {queued}</translation>
    </message>
    <message>
        <source>Could not continue. Choose it to read why.</source>
        <translation>Não pôde continuar. Escolha-o e veja por quê.</translation>
    </message>
    <message>
        <source>Could not run. Choose it to read why.</source>
        <translation>Não pôde ser analisado. Escolha-o e veja por quê.</translation>
    </message>
    <message>
        <source>No images to analyse. Choose it to read why.</source>
        <translation>Sem imagens para analisar. Escolha-o e veja por quê.</translation>
    </message>
    <message>
        <source>Not started yet</source>
        <translation>Ainda não iniciado</translation>
    </message>
    <message>
        <source>Waiting for the models or its turn</source>
        <translation>Aguarda os modelos ou a sua vez</translation>
    </message>
    <message>
        <source>{ended} of {queued}</source>
        <translation>{ended} de {queued}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>faltam {time}</translation>
    </message>
</context>
<context>
    <name>JobList</name>
    <message>
        <source>Queue</source>
        <translation>Fila</translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message>
        <source>Add a folder of images to begin</source>
        <translation>Adicione uma pasta de imagens para começar</translation>
    </message>
    <message>
        <source>Drop folders or images anywhere in this window, then press Start.
The most suspicious images come first.</source>
        <translation>Solte pastas ou imagens em qualquer lugar desta janela e pressione Iniciar.
As imagens mais suspeitas vêm primeiro.</translation>
    </message>
    <message>
        <source>Loading its results.</source>
        <translation>Os resultados estão sendo carregados.</translation>
    </message>
    <message>
        <source>Stopped. {reason}</source>
        <translation>Parado. {reason}</translation>
    </message>
    <message>
        <source>Queued. It can be analysed once the models are loaded.</source>
        <translation>Na fila. Pode ser analisado assim que os modelos estiverem carregados.</translation>
    </message>
    <message>
        <source>No answer from {file}. Check the drive or the network; Cancel ends the job at once.</source>
        <translation>{file} não responde. Verifique a unidade ou a rede; Cancelar encerra o trabalho na hora.</translation>
    </message>
    <message>
        <source>Analysed before, on {date}: {done} of {queued} images done, {reviewed} reviewed.</source>
        <translation>Já analisado em {date}: {done} de {queued} imagens concluídas; revisadas: {reviewed}.</translation>
    </message>
    <message>
        <source>Interrupted before its first results. Press Resume to go on.</source>
        <translation>Interrompido antes dos primeiros resultados. Pressione Retomar para continuar.</translation>
    </message>
    <message>
        <source>Paused before its first results. Press Resume to go on.</source>
        <translation>Em pausa antes dos primeiros resultados. Pressione Retomar para continuar.</translation>
    </message>
    <message>
        <source>Pausing. What is finished is kept.</source>
        <translation>Pausando. O que já foi concluído é mantido.</translation>
    </message>
    <message>
        <source>Queued. Press Start to analyse it.</source>
        <translation>Na fila. Pressione Iniciar para analisar.</translation>
    </message>
    <message>
        <source>Waiting. It starts as soon as the models are loaded and earlier jobs have ended.</source>
        <translation>Em espera. Começa assim que os modelos estiverem carregados e os trabalhos anteriores tiverem terminado.</translation>
    </message>
    <message>
        <source>Running. The first results come in a moment.</source>
        <translation>Em andamento. Os primeiros resultados chegam em instantes.</translation>
    </message>
    <message>
        <source>Cancelling. What is finished is kept.</source>
        <translation>Cancelando. O que já foi concluído é mantido.</translation>
    </message>
    <message>
        <source>Ended.</source>
        <translation>Terminado.</translation>
    </message>
    <message>
        <source>Cancelled before its first results. Press Resume to go on.</source>
        <translation>Cancelado antes dos primeiros resultados. Pressione Retomar para continuar.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>In a list</source>
        <translation>Em uma lista</translation>
    </message>
    <message>
        <source>Go to another row or picture</source>
        <translation>Ir para outra linha ou imagem</translation>
    </message>
    <message>
        <source>Arrow keys, Page Up, Page Down, Home, End</source>
        <translation>Setas, Page Up, Page Down, Home, End</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Selecionar várias</translation>
    </message>
    <message>
        <source>Shift with one of these keys</source>
        <translation>Shift com uma dessas teclas</translation>
    </message>
    <message>
        <source>Queue: go to the results</source>
        <translation>Fila: ir para os resultados</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Patients: open or close a patient</source>
        <translation>Pacientes: abrir ou fechar um paciente</translation>
    </message>
    <message>
        <source>Right, Left</source>
        <translation>Direita, Esquerda</translation>
    </message>
    <message>
        <source>Patients: show the images in the table</source>
        <translation>Pacientes: mostrar as imagens na tabela</translation>
    </message>
    <message>
        <source>In the search</source>
        <translation>Na busca</translation>
    </message>
    <message>
        <source>Go to the list</source>
        <translation>Ir para a lista</translation>
    </message>
    <message>
        <source>Down, Enter</source>
        <translation>Para baixo, Enter</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Limpar a busca</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>In the picture</source>
        <translation>Na imagem</translation>
    </message>
    <message>
        <source>Previous or next image</source>
        <translation>Imagem anterior ou próxima</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Esquerda, Direita</translation>
    </message>
    <message>
        <source>Move a magnified image</source>
        <translation>Mover uma imagem ampliada</translation>
    </message>
    <message>
        <source>Shift with an arrow key, or drag</source>
        <translation>Shift com uma seta, ou arrastar</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Ctrl with the wheel; in the larger view the wheel alone</source>
        <translation>Ctrl com a roda do mouse; na vista ampliada, só a roda</translation>
    </message>
    <message>
        <source>Close the larger view</source>
        <translation>Fechar a vista ampliada</translation>
    </message>
    <message>
        <source>Esc, Enter</source>
        <translation>Esc, Enter</translation>
    </message>
</context>
<context>
    <name>LaneChips</name>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Malignas</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benignas</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>A revisar</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Com falha</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusadas</translation>
    </message>
    <message>
        <source>{reviewed} of {asked} reviewed; the most doubtful come first</source>
        <translation>{reviewed} de {asked} revisadas; as mais duvidosas vêm primeiro</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>pt</translation>
    </message>
</context>
<context>
    <name>LargerView</name>
    <message>
        <source>Previous (P)</source>
        <translation>Anterior (P)</translation>
    </message>
    <message>
        <source>Next (N)</source>
        <translation>Próxima (N)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>Menor (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Maior (+)</translation>
    </message>
    <message>
        <source>Fit (F)</source>
        <translation>Ajustar (F)</translation>
    </message>
    <message>
        <source>The whole image</source>
        <translation>A imagem inteira</translation>
    </message>
    <message>
        <source>1:1 (1)</source>
        <translation>1:1 (1)</translation>
    </message>
    <message>
        <source>One image pixel per screen pixel</source>
        <translation>Cada pixel da imagem ocupa um pixel da tela</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>{count} of {count} done</source>
        <translation>{count} de {count} concluídas</translation>
    </message>
    <message>
        <source>{count} to go</source>
        <translation>{count} a fazer</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 imagem</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} imagens</translation>
    </message>
    <message>
        <source>{count} queued</source>
        <translation>{count} na fila</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>{count} concluídas</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} com falha</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>{count} recusadas</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>{count} ignoradas</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>{count} canceladas</translation>
    </message>
</context>
<context>
    <name>Logo</name>
    <message>
        <source>Pictures</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Choose a logo</source>
        <translation>Escolher um logotipo</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Earlier runs…</source>
        <translation>Análises anteriores…</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Buscar…</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Configurações…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Fila</translation>
    </message>
    <message>
        <source>Right column</source>
        <translation>Coluna da direita</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Tela cheia</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name…</source>
        <translation>Nome do revisor…</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>Save diagnostics…</source>
        <translation>Salvar diagnóstico…</translation>
    </message>
    <message>
        <source>About BreakHis Desktop</source>
        <translation>Sobre o BreakHis Desktop</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Arquivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>&amp;Fila</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>&amp;Imagem</translation>
    </message>
    <message>
        <source>Revie&amp;w</source>
        <translation>&amp;Revisão</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aj&amp;uda</translation>
    </message>
</context>
<context>
    <name>ModelBundles</name>
    <message>
        <source>New runs use these models. A running job finishes with the models that it started with.</source>
        <translation>As novas análises usam estes modelos. Um trabalho em andamento termina com os modelos com que começou.</translation>
    </message>
    <message>
        <source>Choose the folder of a model bundle</source>
        <translation>Escolher a pasta de um pacote de modelos</translation>
    </message>
    <message>
        <source>Installed: {models}. All checks passed.</source>
        <translation>Instalados: {models}. Passaram em todas as verificações.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Removidos.</translation>
    </message>
</context>
<context>
    <name>ModelStatus</name>
    <message>
        <source>checked on {count} known images</source>
        <translation>verificados com {count} imagens conhecidas</translation>
    </message>
    <message>
        <source>{engine} · models checked</source>
        <translation>{engine} · modelos verificados</translation>
    </message>
    <message>
        <source>No models: nothing can be analysed.</source>
        <translation>Sem modelos: nada pode ser analisado.</translation>
    </message>
    <message>
        <source>no models</source>
        <translation>sem modelos</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Card of the selected models</source>
        <translation>Ficha dos modelos selecionados</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>Instalar…</translation>
    </message>
    <message>
        <source>Check the models in a folder and copy them into the program&apos;s own folder</source>
        <translation>Verificar os modelos de uma pasta e copiá-los para a pasta do programa</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Delete the installed copy; the models that ship with the program and those in use stay</source>
        <translation>Apagar a cópia instalada; os modelos que vêm com o programa e os que estão em uso não podem ser apagados</translation>
    </message>
    <message>
        <source>Use for new runs</source>
        <translation>Usar em novas análises</translation>
    </message>
    <message>
        <source>A running job finishes with the models that it started with</source>
        <translation>Um trabalho em andamento termina com os modelos com que começou</translation>
    </message>
    <message>
        <source>Models in the program</source>
        <translation>Modelos do programa</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>instalados</translation>
    </message>
    <message>
        <source>ships with the program</source>
        <translation>vêm com o programa</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>não podem ser lidos</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>em uso</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Who reviews?</source>
        <translation>Quem está revisando?</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisor</translation>
    </message>
    <message>
        <source>Use this name</source>
        <translation>Usar este nome</translation>
    </message>
    <message>
        <source>Your name, as it should appear on record with your reviews:</source>
        <translation>Seu nome, como deve constar nas suas revisões:</translation>
    </message>
</context>
<context>
    <name>NoMatch</name>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>No image is left to review</source>
        <translation>Não resta nenhuma imagem a revisar</translation>
    </message>
    <message>
        <source>Nothing matches the filter</source>
        <translation>Nada corresponde ao filtro</translation>
    </message>
    <message>
        <source>The one image of this job is hidden.</source>
        <translation>A única imagem deste trabalho está oculta.</translation>
    </message>
    <message>
        <source>All {0} images of this job are hidden.</source>
        <translation>Todas as {0} imagens deste trabalho estão ocultas.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Written: {file}</source>
        <translation>Gravado: {file}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar na pasta</translation>
    </message>
</context>
<context>
    <name>OperatingPoint</name>
    <message>
        <source>sensitivity {}</source>
        <translation>sensibilidade {}</translation>
    </message>
    <message>
        <source>specificity {}</source>
        <translation>especificidade {}</translation>
    </message>
    <message>
        <source>Operating point: {name}, {threshold}</source>
        <translation>Ponto de operação: {name}, {threshold}</translation>
    </message>
    <message>
        <source>Operating point: {name}, {threshold} (the run&apos;s own: {own})</source>
        <translation>Ponto de operação: {name}, {threshold} (análise: {own})</translation>
    </message>
    <message>
        <source>sensitivity {}, specificity {}</source>
        <translation>sensibilidade {}; especificidade {}</translation>
    </message>
    <message>
        <source>Sensitivity: the share of malignant images that are called malignant.</source>
        <translation>Sensibilidade: a proporção de imagens malignas que são classificadas como malignas.</translation>
    </message>
    <message>
        <source>In the validation it was {} of 100, with a 95% interval from {} to {}; the others were missed.</source>
        <translation>Na validação, foi de {} em 100, com intervalo de 95% de {} a {}; as outras passaram despercebidas.</translation>
    </message>
    <message>
        <source>Specificity: the share of benign images that are called benign.</source>
        <translation>Especificidade: a proporção de imagens benignas que são classificadas como benignas.</translation>
    </message>
    <message>
        <source>In the validation it was {} of 100, with a 95% interval from {} to {}; the others were called malignant.</source>
        <translation>Na validação, foi de {} em 100, com intervalo de 95% de {} a {}; as outras foram classificadas como malignas.</translation>
    </message>
    <message>
        <source>Measured on images of patients that the models had not seen.
The figures of a preset allow for the fact that its threshold had to be chosen. Those of other thresholds do not: if you choose a threshold by its figures, expect somewhat worse results.</source>
        <translation>Medido em imagens de pacientes que os modelos não haviam visto.
Os valores de uma predefinição levam em conta que foi preciso escolher seu limiar; os dos outros limiares, não. Se você escolher um limiar por esses valores, espere resultados um pouco piores.</translation>
    </message>
    <message>
        <source>Nothing is known about this threshold: only the presets were validated.</source>
        <translation>Nada se sabe sobre este limiar: só as predefinições foram validadas.</translation>
    </message>
    <message>
        <source>The operating point is the probability from which an image is called malignant.
If you lower it, fewer malignant images are missed, but more benign ones are called malignant; if you raise it, the opposite happens.
The probabilities stay as they are, and nothing is analysed again.</source>
        <translation>O ponto de operação é a probabilidade a partir da qual uma imagem é classificada como maligna.
Quanto mais baixo, menos imagens malignas passam despercebidas e mais benignas são classificadas como malignas; quanto mais alto, o contrário.
As probabilidades não mudam, e nada é analisado de novo.</translation>
    </message>
    <message>
        <source>Measured on {images:,} images of {accessions:,} accessions, by models that had not seen them</source>
        <translation>Medido em {images:,} imagens de {accessions:,} amostras, por modelos que não as tinham visto</translation>
    </message>
    <message>
        <source>Validation: {}</source>
        <translation>Validação: {}</translation>
    </message>
    <message>
        <source>near the threshold: {low} to {high}</source>
        <translation>perto do limiar: {low} a {high}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>Not known at this threshold.</source>
        <translation>Não é conhecida neste limiar.</translation>
    </message>
</context>
<context>
    <name>OperatingPointBar</name>
    <message>
        <source>Threshold</source>
        <translation>Limiar</translation>
    </message>
    <message>
        <source>The images of this run by probability of malignancy, from 0 on the left to 1 on the right</source>
        <translation>As imagens desta análise por probabilidade de malignidade, de 0 (à esquerda) a 1 (à direita)</translation>
    </message>
    <message>
        <source>Back to the run&apos;s own</source>
        <translation>Voltar ao ponto da análise</translation>
    </message>
    <message>
        <source>Arrow keys move it by a hundredth.</source>
        <translation>As setas o movem em um centésimo.</translation>
    </message>
</context>
<context>
    <name>OperatingPointChoice</name>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
</context>
<context>
    <name>OverrideDialog</name>
    <message>
        <source>Override the model</source>
        <translation>Corrigir o modelo</translation>
    </message>
    <message>
        <source>Override the refusal</source>
        <translation>Corrigir a recusa</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benigna</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligna</translation>
    </message>
    <message>
        <source>What you see that the model does not see</source>
        <translation>O que você vê e o modelo não</translation>
    </message>
    <message>
        <source>Your name, as it should appear on record</source>
        <translation>Seu nome, como deve constar no registro</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Corrigir</translation>
    </message>
    <message>
        <source>The image is</source>
        <translation>A imagem é</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisor</translation>
    </message>
    <message>
        <source>The quality gate refused this image, so the models say nothing about it. The refusal stays on record beside your label.</source>
        <translation>O controle de qualidade recusou esta imagem, por isso os modelos nada dizem sobre ela. A recusa fica registrada ao lado da sua resposta.</translation>
    </message>
    <message>
        <source>The model says {decision}, {subtype}. Its label stays on record beside yours.</source>
        <translation>O modelo diz {decision}, {subtype}. A resposta dele fica registrada ao lado da sua.</translation>
    </message>
    <message>
        <source>Not stated</source>
        <translation>Não indicado</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Patients</source>
        <translation>Pacientes</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumo</translation>
    </message>
</context>
<context>
    <name>PatientPanel</name>
    <message>
        <source>Show the images in the table</source>
        <translation>Mostrar as imagens na tabela</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Relatório…</translation>
    </message>
    <message>
        <source>Look at the report on this patient, save or print it (Ctrl+P)</source>
        <translation>Ver o relatório deste paciente, salvá-lo ou imprimi-lo (Ctrl+P)</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>No patient known</source>
        <translation>Paciente desconhecido</translation>
    </message>
    <message>
        <source>No verdict</source>
        <translation>Sem veredito</translation>
    </message>
    <message>
        <source>These images may be of several patients, so they are not combined into one verdict.</source>
        <translation>Estas imagens podem ser de vários pacientes, por isso não são reunidas em um único veredito.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Média</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Máxima</translation>
    </message>
    <message>
        <source>{called} of {images} images are called malignant.</source>
        <translation>Imagens classificadas como malignas: {called} de {images}.</translation>
    </message>
    <message>
        <source>◆ An image is suspicious although the mean is benign.</source>
        <translation>◆ Uma imagem é suspeita, embora a média seja benigna.</translation>
    </message>
</context>
<context>
    <name>PatientReviews</name>
    <message>
        <source>{count} of {images} reviewed malignant</source>
        <translation>Revisão maligna em {count} de {images}</translation>
    </message>
    <message>
        <source>{count} benign</source>
        <translation>benignas: {count}</translation>
    </message>
    <message>
        <source>{count} malignant</source>
        <translation>malignas: {count}</translation>
    </message>
    <message>
        <source>{count} of {images} reviewed benign</source>
        <translation>Revisão benigna em {count} de {images}</translation>
    </message>
</context>
<context>
    <name>PatientsDialog</name>
    <message>
        <source>Show patients</source>
        <translation>Mostrar pacientes</translation>
    </message>
    <message>
        <source>Search patient…</source>
        <translation>Buscar paciente…</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pacientes</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>PatientsModel</name>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Mag.</source>
        <translation>Aum.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Média</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Máxima</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisão</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Malignas</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Revisadas</translation>
    </message>
    <message>
        <source>The patient that the official name or the job&apos;s rule states; the accession, if images with several ids share it</source>
        <translation>O paciente indicado pelo nome oficial ou pela regra do trabalho; a amostra, se imagens com vários ids a tiverem em comum</translation>
    </message>
    <message>
        <source>How many of the patient&apos;s images were classified in this job</source>
        <translation>Quantas imagens do paciente foram classificadas neste trabalho</translation>
    </message>
    <message>
        <source>At which magnifications the images were taken, and how many at each</source>
        <translation>Em quais aumentos as imagens foram feitas, e quantas em cada um</translation>
    </message>
    <message>
        <source>The mean probability of malignancy over the patient&apos;s images; the tick marks the operating point of the images</source>
        <translation>A probabilidade média de malignidade das imagens do paciente; o traço marca o ponto de operação das imagens</translation>
    </message>
    <message>
        <source>The highest probability of malignancy among the patient&apos;s images</source>
        <translation>A maior probabilidade de malignidade entre as imagens do paciente</translation>
    </message>
    <message>
        <source>Malignant where the mean reaches the operating point; a diamond marks a benign mean with a suspicious image</source>
        <translation>Maligno se a média alcança o ponto de operação; um losango marca uma média benigna com uma imagem suspeita</translation>
    </message>
    <message>
        <source>How many of the patient&apos;s images are called malignant</source>
        <translation>Quantas imagens do paciente são classificadas como malignas</translation>
    </message>
    <message>
        <source>What reviewers say about the patient&apos;s images, refused images included; it changes none of the models&apos; figures</source>
        <translation>O que os revisores dizem das imagens do paciente, incluindo as recusadas; isso não muda nenhum número dos modelos</translation>
    </message>
    <message>
        <source>benign, suspicious image</source>
        <translation>benigno, imagem suspeita</translation>
    </message>
    <message>
        <source>{called} of {images}</source>
        <translation>{called} de {images}</translation>
    </message>
    <message>
        <source>No patient known</source>
        <translation>Paciente desconhecido</translation>
    </message>
</context>
<context>
    <name>PatientsView</name>
    <message>
        <source>Patients and their images</source>
        <translation>Pacientes e suas imagens</translation>
    </message>
    <message>
        <source>Enter or a double click opens a patient&apos;s images in the table</source>
        <translation>Enter ou um clique duplo abre as imagens de um paciente na tabela</translation>
    </message>
    <message>
        <source>A patient is classified by the mean probability of all its images, at the operating point of the images. An image above it is flagged even if the mean is benign. Images without a known patient come last, without a verdict.</source>
        <translation>Um paciente é classificado pela probabilidade média de todas as suas imagens, no ponto de operação delas. Uma imagem acima dele é assinalada mesmo que a média seja benigna. Imagens sem paciente conhecido ficam no fim, sem veredito.</translation>
    </message>
    <message>
        <source>How patients are identified…</source>
        <translation>Como os pacientes são identificados…</translation>
    </message>
</context>
<context>
    <name>PdfPreview</name>
    <message>
        <source>Preview of the report</source>
        <translation>Prévia do relatório</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>No heat map: the models did not classify this image.</source>
        <translation>Sem mapa de calor: os modelos não classificaram esta imagem.</translation>
    </message>
    <message>
        <source>No heat map: an earlier version of the program made this run. Analyse the image again to have one.</source>
        <translation>Sem mapa de calor: uma versão anterior do programa fez esta análise. Analise a imagem de novo para ter um.</translation>
    </message>
</context>
<context>
    <name>QueueKeeper</name>
    <message>
        <source>This window&apos;s queue is not kept for the next start: another window keeps its own, or the store cannot be read.</source>
        <translation>A fila desta janela não será mantida para a próxima vez: outra janela está mantendo a dela, ou o banco de dados não pode ser lido.</translation>
    </message>
    <message>
        <source>The last window has closed; its queue is here.</source>
        <translation>A última janela se fechou; a fila dela está aqui.</translation>
    </message>
    <message>
        <source>The last window is still closing. Its queue appears here once it has closed.</source>
        <translation>A última janela ainda está fechando. A fila dela aparece aqui assim que ela se fechar.</translation>
    </message>
    <message>
        <source>The queue is not kept for the next start. {reason}</source>
        <translation>A fila não será mantida para a próxima vez. {reason}</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Carregando…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Fila</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Mover para cima</translation>
    </message>
    <message>
        <source>Remove the chosen job from the queue (Del); Ctrl+Z undoes it, and its results stay in the store</source>
        <translation>Remover o trabalho escolhido da fila (Del); Ctrl+Z desfaz, e os resultados continuam no banco de dados</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Mover para baixo</translation>
    </message>
    <message>
        <source>Start this job</source>
        <translation>Iniciar este trabalho</translation>
    </message>
    <message>
        <source>Retry failed files</source>
        <translation>Tentar novamente os arquivos com falha</translation>
    </message>
    <message>
        <source>Analyse the refused images</source>
        <translation>Classificar as recusadas</translation>
    </message>
    <message>
        <source>How patients are identified…</source>
        <translation>Como os pacientes são identificados…</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Remover da fila</translation>
    </message>
    <message>
        <source>More ▾</source>
        <translation>Mais ▾</translation>
    </message>
    <message>
        <source>Move the chosen job, retry its failed files, or choose how its patients are identified</source>
        <translation>Mover o trabalho escolhido, tentar novamente os arquivos com falha ou escolher como os pacientes são identificados</translation>
    </message>
    <message>
        <source>Drop folders or images
here, or press Ctrl+O</source>
        <translation>Solte pastas ou imagens
aqui ou pressione Ctrl+O</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Resume this job</source>
        <translation>Retomar este trabalho</translation>
    </message>
</context>
<context>
    <name>Quitting</name>
    <message>
        <source>A job is running. What is finished is kept; a paused job can be resumed at the next start.</source>
        <translation>Há um trabalho em andamento. O que já foi concluído é mantido; um trabalho em pausa pode ser retomado quando você abrir o programa de novo.</translation>
    </message>
    <message>
        <source>Pause and close</source>
        <translation>Pausar e fechar</translation>
    </message>
    <message>
        <source>Cancel the job and close</source>
        <translation>Cancelar o trabalho e fechar</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Continuar a análise</translation>
    </message>
</context>
<context>
    <name>RecentFolders</name>
    <message>
        <source>Recent folders</source>
        <translation>Pastas recentes</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>Limpar esta lista</translation>
    </message>
</context>
<context>
    <name>Removal</name>
    <message>
        <source>Removed “{name}” from the queue; its results are kept.</source>
        <translation>“{name}” foi removido da fila; seus resultados continuam guardados.</translation>
    </message>
    <message>
        <source>Removed “{name}”.</source>
        <translation>“{name}” foi removido.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>“{name}” is back in the queue.</source>
        <translation>“{name}” voltou à fila.</translation>
    </message>
    <message>
        <source>Undo: remove “{name}”</source>
        <translation>Desfazer: remover “{name}”</translation>
    </message>
    <message>
        <source>Undo: remove</source>
        <translation>Desfazer: remover</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>All images of the job</source>
        <translation>Todas as imagens do trabalho</translation>
    </message>
    <message>
        <source>One patient</source>
        <translation>Um paciente</translation>
    </message>
    <message>
        <source>The chosen images ({count})</source>
        <translation>As imagens escolhidas ({count})</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Salvar como PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimir…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Name above the report</source>
        <translation>Nome no topo do relatório</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Laboratório</translation>
    </message>
    <message>
        <source>What readers should know</source>
        <translation>O que o leitor deve saber</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentário</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Making the report…</source>
        <translation>Preparando o relatório…</translation>
    </message>
</context>
<context>
    <name>ReportMaker</name>
    <message>
        <source>Save the report on {name}</source>
        <translation>Salvar o relatório de {name}</translation>
    </message>
    <message>
        <source>Save the report on patient {name}</source>
        <translation>Salvar o relatório do paciente {name}</translation>
    </message>
    <message>
        <source>{name}, chosen images</source>
        <translation>{name}, imagens escolhidas</translation>
    </message>
    <message>
        <source>{name} report</source>
        <translation>{name} relatório</translation>
    </message>
    <message>
        <source>The report was sent to the printer.</source>
        <translation>O relatório foi enviado à impressora.</translation>
    </message>
</context>
<context>
    <name>ResultColumns</name>
    <message>
        <source>reviewed: {decision}</source>
        <translation>revisado: {decision}</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>The file&apos;s name</source>
        <translation>O nome do arquivo</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>As the job&apos;s rule reads it, otherwise the slide id in an official BreakHis file name</source>
        <translation>Conforme a regra do trabalho; na falta dela, o id da lâmina que consta em um nome oficial do BreakHis</translation>
    </message>
    <message>
        <source>Mag.</source>
        <translation>Aum.</translation>
    </message>
    <message>
        <source>Magnification, as the job&apos;s rule reads it, otherwise as an official BreakHis file name states it</source>
        <translation>O aumento conforme a regra do trabalho; na falta dela, o que consta em um nome oficial do BreakHis</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Maligno</translation>
    </message>
    <message>
        <source>Calibrated probability of malignancy; the tick marks the operating point from which an image is called malignant</source>
        <translation>Probabilidade calibrada de malignidade; o traço marca o ponto de operação a partir do qual uma imagem é classificada como maligna</translation>
    </message>
    <message>
        <source>Malignant from the operating point upwards; for an image without a result, how it ended</source>
        <translation>Maligno a partir do ponto de operação; se a imagem não foi classificada, como ela terminou</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisão</translation>
    </message>
    <message>
        <source>Subtype</source>
        <translation>Subtipo</translation>
    </message>
    <message>
        <source>The most probable of the eight subtypes</source>
        <translation>O mais provável dos oito subtipos</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Why a person should look, or why there is no result</source>
        <translation>Por que uma pessoa deve examinar a imagem, ou por que não há resultado</translation>
    </message>
</context>
<context>
    <name>ResultDelegates</name>
    <message>
        <source>{count} reasons</source>
        <translation>{count} motivos</translation>
    </message>
</context>
<context>
    <name>ResultsArea</name>
    <message>
        <source>Table</source>
        <translation>Tabela</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Miniaturas</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Results</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Copiar linhas</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Selecionar tudo</translation>
    </message>
</context>
<context>
    <name>ResumeOffer</name>
    <message>
        <source>“{name}” was cancelled after {ended} of {queued} images.</source>
        <translation>“{name}” foi cancelado após {ended} de {queued} imagens.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>The run of {when} over {where} was interrupted after {ended} of {queued} images.</source>
        <translation>A análise de {where} ({when}) foi interrompida após {ended} de {queued} imagens.</translation>
    </message>
    <message>
        <source>The run of {when} over {where} is paused after {ended} of {queued} images.</source>
        <translation>A análise de {where} ({when}) está em pausa após {ended} de {queued} imagens.</translation>
    </message>
</context>
<context>
    <name>ReviewBox</name>
    <message>
        <source>Accept</source>
        <translation>Aceitar</translation>
    </message>
    <message>
        <source>Override…</source>
        <translation>Corrigir…</translation>
    </message>
    <message>
        <source>Say what this image is, and why; the model&apos;s label is kept</source>
        <translation>Diga o que é esta imagem e por quê; a resposta do modelo fica registrada</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Pular</translation>
    </message>
    <message>
        <source>Go on without a review. If this image needs one, go to the next image that needs one; otherwise, go to the next row</source>
        <translation>Continuar sem revisar. Se esta imagem requer revisão, ir para a próxima que a requer; senão, para a próxima linha</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Withdraw a review; the record still shows that it was made</source>
        <translation>Retirar uma revisão; fica registrado que ela foi feita</translation>
    </message>
    <message>
        <source>The name recorded with the reviews; press to change it</source>
        <translation>O nome registrado com as revisões; pressione para mudá-lo</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Several images are selected. Select one to review it.</source>
        <translation>Várias imagens estão selecionadas. Selecione uma para revisá-la.</translation>
    </message>
    <message>
        <source>This image is not selected. Select it to review it.</source>
        <translation>Esta imagem não está selecionada. Selecione-a para revisá-la.</translation>
    </message>
    <message>
        <source>To review: {reviewed} of {asked} done</source>
        <translation>Revisadas: {reviewed} de {asked}</translation>
    </message>
    <message>
        <source>as {name}</source>
        <translation>como {name}</translation>
    </message>
    <message>
        <source>Confirms {decision} under your name; the models disagree, so the subtype stays open</source>
        <translation>Confirma {decision} com o seu nome; os modelos discordam, por isso o subtipo fica em aberto</translation>
    </message>
    <message>
        <source>Confirms {decision}, {subtype}, under your name</source>
        <translation>Confirma {decision}, {subtype}, com o seu nome</translation>
    </message>
    <message>
        <source>Refused and not reviewed. With Override you can say what it is.</source>
        <translation>Recusada e não revisada. Com Corrigir, você pode dizer o que ela é.</translation>
    </message>
    <message>
        <source>The official name says {name}; the figures use that.</source>
        <translation>O nome oficial diz {name}; as estatísticas seguem o nome.</translation>
    </message>
    <message>
        <source>The review contradicts the official name, {name}; the figures use the name.</source>
        <translation>A revisão contradiz o nome oficial, {name}; as estatísticas seguem o nome.</translation>
    </message>
    <message>
        <source>Accepted {what} · {who}, {when}</source>
        <translation>Resposta aceita: {what} · {who}, {when}</translation>
    </message>
    <message>
        <source>Overrode to {what}: {why} · {who}, {when}</source>
        <translation>Corrigido para {what}: {why} · {who}, {when}</translation>
    </message>
    <message>
        <source>Withdrew the review · {who}, {when}</source>
        <translation>Revisão retirada · {who}, {when}</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>Previous image, {name}</source>
        <translation>Imagem anterior, {name}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Window</source>
        <translation>Janela</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Igual ao sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aparência</translation>
    </message>
    <message>
        <source>Applies at once.</source>
        <translation>Aplica-se imediatamente.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Applies at the next start of the program.</source>
        <translation>Aplica-se na próxima vez que você abrir o programa.</translation>
    </message>
    <message>
        <source>People and reports</source>
        <translation>Pessoas e relatórios</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Revisor</translation>
    </message>
    <message>
        <source>Recorded with every review from now on; earlier reviews keep their name.</source>
        <translation>Acompanha todas as revisões a partir de agora; as anteriores mantêm o nome que têm.</translation>
    </message>
    <message>
        <source>Laboratory</source>
        <translation>Laboratório</translation>
    </message>
    <message>
        <source>Appears at the top of the next report.</source>
        <translation>Aparece no topo do próximo relatório.</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>A picture beside the laboratory&apos;s name on the next report.</source>
        <translation>Uma imagem ao lado do nome do laboratório no próximo relatório.</translation>
    </message>
    <message>
        <source>New runs</source>
        <translation>Novas análises</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Cálculo</translation>
    </message>
    <message>
        <source>The fastest that passes the check</source>
        <translation>O mais rápido que passe na verificação</translation>
    </message>
    <message>
        <source>Computing device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Are analysed again</source>
        <translation>São analisadas de novo</translation>
    </message>
    <message>
        <source>Get the earlier result</source>
        <translation>Recebem o resultado anterior</translation>
    </message>
    <message>
        <source>What happens to a file that an earlier run analysed with the same models, gate, engine, magnification and version of the program. Each image says which run its result comes from. Applies to runs that start from now on.</source>
        <translation>O que acontece com um arquivo que uma análise anterior classificou com os mesmos modelos, controle de qualidade, motor, aumento e versão do programa. Cada imagem mostra de qual análise vem o resultado. Vale para as análises que começarem a partir de agora.</translation>
    </message>
    <message>
        <source>Unchanged images</source>
        <translation>Imagens inalteradas</translation>
    </message>
    <message>
        <source>The probability from which an image is called malignant. Applies to runs that start from now on.</source>
        <translation>A probabilidade a partir da qual uma imagem é classificada como maligna. Vale para as análises que começarem a partir de agora.</translation>
    </message>
    <message>
        <source>The engine that runs the networks. The models are loaded and checked again before the next run.</source>
        <translation>O motor que executa as redes. Os modelos são carregados e verificados de novo antes da próxima análise.</translation>
    </message>
    <message>
        <source>Operating point</source>
        <translation>Ponto de operação</translation>
    </message>
    <message>
        <source>The device that ONNX Runtime computes on, among those that this installation offers. Only the CPU has been tested; a device that does not reproduce the known probabilities is not used, and the CPU computes instead.</source>
        <translation>O dispositivo em que o ONNX Runtime calcula, entre os que esta instalação oferece. Só a CPU foi testada; um dispositivo que não reproduza as probabilidades conhecidas não é usado, e a CPU assume o cálculo.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>The settings could not be read and were reset; please check them. The damaged file is {file}.</source>
        <translation>As configurações não puderam ser lidas e voltaram aos valores iniciais; confira-as. O arquivo danificado é {file}.</translation>
    </message>
    <message>
        <source>The settings apply only until the program ends. {reason}</source>
        <translation>As configurações valem até você fechar o programa. {reason}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Tamanho das miniaturas</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl and the wheel)</source>
        <translation>Tamanho das miniaturas (Ctrl e a roda do mouse)</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Progress of the chosen job</source>
        <translation>Progresso do trabalho escolhido</translation>
    </message>
    <message>
        <source>no answer from {file}</source>
        <translation>{file} não responde</translation>
    </message>
    <message>
        <source>still decoding {file}</source>
        <translation>ainda decodificando {file}</translation>
    </message>
    <message>
        <source>{jobs} jobs: {to_go} to go</source>
        <translation>{jobs} trabalhos: {to_go} a fazer</translation>
    </message>
    <message>
        <source>{words}, {left} left</source>
        <translation>{words}, faltam {left}</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Pausando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>{speed} images/s · {left} left</source>
        <translation>{speed} imagens/s · faltam {left}</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Summary of the job</source>
        <translation>Resumo do trabalho</translation>
    </message>
    <message>
        <source>Classified</source>
        <translation>Classificadas</translation>
    </message>
    <message>
        <source>Malignant</source>
        <translation>Malignas</translation>
    </message>
    <message>
        <source>Benign</source>
        <translation>Benignas</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>A revisar</translation>
    </message>
    <message>
        <source>Failed or refused</source>
        <translation>Com falha ou recusadas</translation>
    </message>
    <message>
        <source>Images by probability of malignancy</source>
        <translation>Imagens por probabilidade de malignidade</translation>
    </message>
    <message>
        <source>Images by most probable subtype</source>
        <translation>Imagens por subtipo mais provável</translation>
    </message>
    <message>
        <source>Reasons why images failed or were refused</source>
        <translation>Motivos de falha ou recusa das imagens</translation>
    </message>
    <message>
        <source>called benign</source>
        <translation>decisão benigna</translation>
    </message>
    <message>
        <source>called malignant</source>
        <translation>decisão maligna</translation>
    </message>
    <message>
        <source>truly benign</source>
        <translation>benignas de fato</translation>
    </message>
    <message>
        <source>truly malignant</source>
        <translation>malignas de fato</translation>
    </message>
    <message>
        <source>Decisions against the truth</source>
        <translation>Decisões e referência</translation>
    </message>
    <message>
        <source>Subtypes against the truth</source>
        <translation>Subtipos e referência</translation>
    </message>
    <message>
        <source>reviewed as benign</source>
        <translation>revisadas como benignas</translation>
    </message>
    <message>
        <source>reviewed as malignant</source>
        <translation>revisadas como malignas</translation>
    </message>
    <message>
        <source>Your reviews beside the model</source>
        <translation>As suas revisões ao lado do modelo</translation>
    </message>
    <message>
        <source>Reviewers saw the model&apos;s label and looked at doubtful images first: this shows where they agree, and does not measure the model.</source>
        <translation>Os revisores viram a resposta do modelo e examinaram primeiro as imagens duvidosas: isto mostra onde concordam e não mede o desempenho do modelo.</translation>
    </message>
    <message>
        <source>Probability of malignancy</source>
        <translation>Probabilidade de malignidade</translation>
    </message>
    <message>
        <source>Shown when {needed} images are reviewed as benign and {needed} as malignant; so far {benign} and {malignant}.</source>
        <translation>Aparece quando {needed} imagens estiverem revisadas como benignas e {needed} como malignas; até agora, {benign} e {malignant}.</translation>
    </message>
    <message>
        <source>Most probable subtype</source>
        <translation>Subtipo mais provável</translation>
    </message>
    <message>
        <source>of {queued} queued</source>
        <translation>de {queued} na fila</translation>
    </message>
    <message>
        <source>{reviewed} already reviewed</source>
        <translation>{reviewed} já com revisão</translation>
    </message>
    <message>
        <source>Sensitivity {sensitivity}, specificity {specificity}, on {images}.</source>
        <translation>Sensibilidade {sensitivity}; especificidade {specificity}, em {images}.</translation>
    </message>
    <message>
        <source>Review and model agree on {same} of {images} images.</source>
        <translation>Revisão e modelo concordam em {same} de {images} imagens.</translation>
    </message>
    <message>
        <source>The truth of {images} comes from official file names. Models that were trained on such images look better on them than on unseen patients; the model card has the figures that count.</source>
        <translation>A referência de {images} vem dos nomes oficiais dos arquivos. Modelos treinados com essas imagens parecem melhores nelas do que em pacientes nunca vistos; os números que valem estão na ficha dos modelos.</translation>
    </message>
    <message>
        <source>Reviews contradict the official name of {images}.</source>
        <translation>As revisões contradizem o nome oficial de {images}.</translation>
    </message>
</context>
<context>
    <name>TableColumns</name>
    <message>
        <source>Columns</source>
        <translation>Colunas</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Restaurar as colunas</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>%Y-%m-%d %H:%M</source>
        <translation>%d/%m/%Y %H:%M</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>Dispensar</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Add files…</source>
        <translation>Adicionar arquivos…</translation>
    </message>
    <message>
        <source>Queue some images (Ctrl+Shift+O)</source>
        <translation>Colocar imagens na fila (Ctrl+Shift+O)</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Analyse what is queued (Ctrl+R)</source>
        <translation>Analisar o que está na fila (Ctrl+R)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Finish the images being analysed, then pause (Ctrl+Shift+R)</source>
        <translation>Concluir as imagens que estão sendo analisadas e então pausar (Ctrl+Shift+R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>End the running or paused job; finished images are kept (Ctrl+.)</source>
        <translation>Encerrar o trabalho em andamento ou em pausa; as imagens concluídas são mantidas (Ctrl+.)</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Relatório…</translation>
    </message>
    <message>
        <source>Look at the report, save or print it (Ctrl+P)</source>
        <translation>Ver o relatório, salvá-lo ou imprimi-lo (Ctrl+P)</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Adicionar pasta…</translation>
    </message>
    <message>
        <source>Queue a folder and everything in it (Ctrl+O)</source>
        <translation>Colocar na fila uma pasta com todas as subpastas (Ctrl+O)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Pausando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>CSV for Excel</source>
        <translation>CSV para Excel</translation>
    </message>
    <message>
        <source>Training folder…</source>
        <translation>Pasta de treinamento…</translation>
    </message>
    <message>
        <source>Export ▾</source>
        <translation>Exportar ▾</translation>
    </message>
    <message>
        <source>Write the chosen job&apos;s results to a file</source>
        <translation>Gravar os resultados do trabalho escolhido em um arquivo</translation>
    </message>
</context>
<context>
    <name>TrainingFolderDialog</name>
    <message>
        <source>Training folder</source>
        <translation>Pasta de treinamento</translation>
    </message>
    <message>
        <source>Also images whose truth is known only from their official file name</source>
        <translation>Incluir também imagens cuja classe verdadeira só consta no nome oficial do arquivo</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Escolher uma pasta…</translation>
    </message>
    <message>
        <source>Copies the reviewed images of {job} into folders by class and patient, the layout that “python -m training prepare” reads, and adds a table of who said what, when and why. Images whose review contradicts their official name are left out.</source>
        <translation>Copia as imagens revisadas de {job} para pastas por classe e paciente, na estrutura que “python -m training prepare” lê, e acrescenta uma tabela de quem disse o quê, quando e por quê. Imagens cuja revisão contradiz o nome oficial ficam de fora.</translation>
    </message>
</context>
<context>
    <name>TruthExporter</name>
    <message>
        <source>Where to put the training folder</source>
        <translation>Onde salvar a pasta de treinamento</translation>
    </message>
    <message>
        <source>Copying to {name}…</source>
        <translation>Copiando para {name}…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir pasta</translation>
    </message>
    <message>
        <source>{images} copied to {folder}.</source>
        <translation>Copiado para {folder}: {images}.</translation>
    </message>
    <message>
        <source>Left out: {images}; provenance.csv in that folder says why.</source>
        <translation>Deixado de fora: {images}; provenance.csv, nessa pasta, diz por quê.</translation>
    </message>
    <message>
        <source>{name} training images</source>
        <translation>{name} imagens de treinamento</translation>
    </message>
</context>
<context>
    <name>VerdictHeading</name>
    <message>
        <source>No image chosen</source>
        <translation>Nenhuma imagem escolhida</translation>
    </message>
    <message>
        <source>{decision}, reviewed</source>
        <translation>{decision}, após revisão</translation>
    </message>
    <message>
        <source>(model: {decision} {probability})</source>
        <translation>(modelo: {decision} {probability})</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>and</source>
        <translation>e</translation>
    </message>
    <message>
        <source>Checking the model files</source>
        <translation>Verificando os arquivos dos modelos</translation>
    </message>
    <message>
        <source>Loading the models</source>
        <translation>Carregando os modelos</translation>
    </message>
    <message>
        <source>Checking the models on known images</source>
        <translation>Verificando os modelos com imagens conhecidas</translation>
    </message>
    <message>
        <source>The chosen device cannot be used; loading for the CPU</source>
        <translation>O dispositivo escolhido não pode ser usado; carregando para a CPU</translation>
    </message>
    <message>
        <source>The fast engine cannot be used; loading TensorFlow</source>
        <translation>O motor rápido não pode ser usado; carregando o TensorFlow</translation>
    </message>
    <message>
        <source>The models in {folder} cannot be used: {what}. Install the program again, or choose another model folder.</source>
        <translation>Os modelos em {folder} não podem ser usados: {what}. Instale o programa de novo ou escolha outra pasta de modelos.</translation>
    </message>
    <message>
        <source>There is no model folder {folder}</source>
        <translation>A pasta de modelos {folder} não existe</translation>
    </message>
    <message>
        <source>check its name, or install the program again</source>
        <translation>verifique o nome ou instale o programa de novo</translation>
    </message>
    <message>
        <source>No models were found in {folder}: {file} is missing. Install the program again, or choose another model folder.</source>
        <translation>Não foram encontrados modelos em {folder}: falta {file}. Instale o programa de novo, ou escolha outra pasta de modelos.</translation>
    </message>
    <message>
        <source>The models in {folder} were made with Keras {made_with}, newer than the {installed} of this program. Install a newer version of the program.</source>
        <translation>Os modelos em {folder} foram feitos com Keras {made_with}, mais novo que o {installed} deste programa. Instale uma versão mais nova do programa.</translation>
    </message>
    <message>
        <source>The models in {folder} expect preprocessing version {expected}, and this program has version {own}. Install the version of the program that they were made for.</source>
        <translation>Os modelos em {folder} exigem a versão {expected} do pré-processamento, e este programa tem a versão {own}. Instale a versão do programa para a qual eles foram feitos.</translation>
    </message>
    <message>
        <source>This installation has no TensorFlow</source>
        <translation>Esta instalação não inclui o TensorFlow</translation>
    </message>
    <message>
        <source>choose another engine, or install the full package</source>
        <translation>escolha outro motor ou instale o pacote completo</translation>
    </message>
    <message>
        <source>The processor of this computer lacks AVX, which TensorFlow needs</source>
        <translation>O processador deste computador não tem AVX, de que o TensorFlow precisa</translation>
    </message>
    <message>
        <source>choose another engine</source>
        <translation>escolha outro motor</translation>
    </message>
    <message>
        <source>TensorFlow does not start on this computer</source>
        <translation>O TensorFlow não inicia neste computador</translation>
    </message>
    <message>
        <source>TensorFlow runs on the CPU only</source>
        <translation>o TensorFlow só funciona na CPU</translation>
    </message>
    <message>
        <source>The models in {folder} came without the networks that TensorFlow runs</source>
        <translation>Os modelos em {folder} vieram sem as redes que o TensorFlow executa</translation>
    </message>
    <message>
        <source>choose another engine, or install the whole bundle</source>
        <translation>escolha outro motor ou instale o pacote de modelos completo</translation>
    </message>
    <message>
        <source>The CPU is used instead of {device}: {what:finding}.</source>
        <translation>A CPU é usada no lugar de {device}: {what:finding}.</translation>
    </message>
    <message>
        <source>This installation does not offer {device}</source>
        <translation>Esta instalação não oferece {device}</translation>
    </message>
    <message>
        <source>choose the CPU</source>
        <translation>escolha a CPU</translation>
    </message>
    <message>
        <source>ONNX Runtime failed on {device}. Choose the CPU as computing device, and go on with the run.</source>
        <translation>O ONNX Runtime falhou em {device}. Escolha a CPU como dispositivo e continue a análise.</translation>
    </message>
    <message>
        <source>BreakHis Desktop cannot run on this computer: its processor lacks SSE4.2. Use a computer of 2012 or later.</source>
        <translation>O BreakHis Desktop não pode ser executado neste computador: falta SSE4.2 ao processador. Use um computador de 2012 ou mais novo.</translation>
    </message>
    <message>
        <source>this installation does not offer it</source>
        <translation>esta instalação não o oferece</translation>
    </message>
    <message>
        <source>ONNX Runtime fails on {device}</source>
        <translation>o ONNX Runtime falha em {device}</translation>
    </message>
    <message>
        <source>These models ({name} {version}) are installed already; choose them in the list.</source>
        <translation>Estes modelos ({name} {version}) já estão instalados; escolha-os na lista.</translation>
    </message>
    <message>
        <source>Another window is installing or removing models</source>
        <translation>Outra janela está instalando ou removendo modelos</translation>
    </message>
    <message>
        <source>wait until it has finished, and try again</source>
        <translation>espere até que termine e tente de novo</translation>
    </message>
    <message>
        <source>The models could not be copied</source>
        <translation>Os modelos não puderam ser copiados</translation>
    </message>
    <message>
        <source>{error}</source>
        <translation>{error}</translation>
    </message>
    <message>
        <source>make room on the disk and try again</source>
        <translation>libere espaço no disco e tente de novo</translation>
    </message>
    <message>
        <source>The models were changed while they were copied</source>
        <translation>Os modelos mudaram durante a cópia</translation>
    </message>
    <message>
        <source>install them again</source>
        <translation>instale-os de novo</translation>
    </message>
    <message>
        <source>{folder} could not be removed</source>
        <translation>A pasta {folder} não pôde ser removida</translation>
    </message>
    <message>
        <source>close what uses it, or delete the folder</source>
        <translation>feche o programa que a usa ou apague a pasta</translation>
    </message>
    <message>
        <source>its files hold content that does not belong in a bundle</source>
        <translation>os arquivos contêm algo que nenhum pacote de modelos contém</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>falta {file}</translation>
    </message>
    <message>
        <source>{file} cannot be read ({error})</source>
        <translation>{file} não pode ser lido ({error})</translation>
    </message>
    <message>
        <source>{file} is not the file that its card names</source>
        <translation>{file} não é o arquivo que a ficha indica</translation>
    </message>
    <message>
        <source>{file} {trouble}</source>
        <translation>{file} {trouble}</translation>
    </message>
    <message>
        <source>{file} holds no golden images</source>
        <translation>{file} não contém as imagens de referência</translation>
    </message>
    <message>
        <source>{file} has golden images of an unexpected shape</source>
        <translation>{file} tem imagens de referência de outro formato</translation>
    </message>
    <message>
        <source>{file} holds something other than images and probabilities</source>
        <translation>{file} contém algo que não são imagens e probabilidades</translation>
    </message>
    <message>
        <source>{file} cannot be used: {what}</source>
        <translation>{file} não pode ser usado: {what}</translation>
    </message>
    <message>
        <source>for its known images it gives values that are not probabilities</source>
        <translation>nas imagens conhecidas, dão valores que não são probabilidades</translation>
    </message>
    <message>
        <source>for its known images it does not give the expected probabilities (off by {difference:.3f})</source>
        <translation>nas imagens conhecidas, dão probabilidades diferentes das que deveriam dar (diferença de {difference:.3f})</translation>
    </message>
    <message>
        <source>its out-of-distribution data does not match its networks</source>
        <translation>os dados que detectam imagens diferentes das de treinamento não correspondem às redes</translation>
    </message>
    <message>
        <source>Keras does not open {file}</source>
        <translation>o Keras não abre {file}</translation>
    </message>
    <message>
        <source>Keras does not run its networks</source>
        <translation>o Keras não executa suas redes</translation>
    </message>
    <message>
        <source>{file} does not have {outputs} outputs</source>
        <translation>{file} não tem {outputs} saídas</translation>
    </message>
    <message>
        <source>its {network} network does not end in global average pooling and one dense layer</source>
        <translation>a rede {network} não termina em pooling médio global e uma camada densa</translation>
    </message>
    <message>
        <source>ONNX Runtime does not open {file}</source>
        <translation>o ONNX Runtime não abre {file}</translation>
    </message>
    <message>
        <source>ONNX Runtime does not run {file}</source>
        <translation>o ONNX Runtime não executa {file}</translation>
    </message>
    <message>
        <source>{file} gives outputs of an unexpected form</source>
        <translation>{file} produz saídas em outro formato</translation>
    </message>
    <message>
        <source>{file} was made by an earlier version of the program and lacks the heat maps</source>
        <translation>{file} foi feito por uma versão anterior do programa e não tem os mapas de calor</translation>
    </message>
    <message>
        <source>its card names no {file}</source>
        <translation>a ficha não menciona {file}</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>não é um arquivo comum</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>é grande demais</translation>
    </message>
    <message>
        <source>is not an archive that can be unpacked</source>
        <translation>não é um arquivo que possa ser descompactado</translation>
    </message>
    <message>
        <source>would grow beyond what a bundle needs when it is unpacked</source>
        <translation>cresceria além do que um pacote precisa ao ser descompactado</translation>
    </message>
    <message>
        <source>is compressed, which network files never are</source>
        <translation>está compactado, e nenhuma rede é compactada</translation>
    </message>
    <message>
        <source>holds files that a network does not have</source>
        <translation>contém arquivos que não são de uma rede</translation>
    </message>
    <message>
        <source>does not describe its network</source>
        <translation>não descreve a rede</translation>
    </message>
    <message>
        <source>holds {part}, which no network of this program has</source>
        <translation>contém {part}, que nenhuma rede deste programa tem</translation>
    </message>
    <message>
        <source>holds something other than arrays</source>
        <translation>contém algo que não são matrizes</translation>
    </message>
    <message>
        <source>describes arrays of a different size from those it holds</source>
        <translation>descreve matrizes de tamanho diferente das que contém</translation>
    </message>
    <message>
        <source>holds weights that cannot be read</source>
        <translation>contém pesos que não podem ser lidos</translation>
    </message>
    <message>
        <source>holds weights that are linked in two places</source>
        <translation>contém pesos ligados em dois lugares</translation>
    </message>
    <message>
        <source>describes weights of a different size from those it holds</source>
        <translation>descreve pesos de tamanho diferente dos que contém</translation>
    </message>
    <message>
        <source>holds links to other places</source>
        <translation>contém links para outros lugares</translation>
    </message>
    <message>
        <source>has attributes that are longer than those that Keras writes</source>
        <translation>tem atributos mais longos do que os que o Keras grava</translation>
    </message>
    <message>
        <source>has weights that are not numbers</source>
        <translation>contém, entre os pesos, algo que não são números</translation>
    </message>
    <message>
        <source>does not store its weights as Keras does</source>
        <translation>guarda os pesos de modo diferente do Keras</translation>
    </message>
    <message>
        <source>is not a graph</source>
        <translation>não é um grafo</translation>
    </message>
    <message>
        <source>holds more operators than any network of this program</source>
        <translation>contém mais operadores do que qualquer rede deste programa</translation>
    </message>
    <message>
        <source>computes its own weights, which no network of this program does</source>
        <translation>calcula os próprios pesos, o que nenhuma rede deste programa faz</translation>
    </message>
    <message>
        <source>takes weights from another file</source>
        <translation>usa pesos de outro arquivo</translation>
    </message>
    <message>
        <source>holds {kind} fields that no network of this program has</source>
        <translation>contém campos de {kind} que nenhuma rede deste programa tem</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modelo</translation>
    </message>
    <message>
        <source>operator set</source>
        <translation>conjunto de operadores</translation>
    </message>
    <message>
        <source>graph</source>
        <translation>grafo</translation>
    </message>
    <message>
        <source>node</source>
        <translation>nó</translation>
    </message>
    <message>
        <source>attribute</source>
        <translation>atributo</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>tensor</translation>
    </message>
    <message>
        <source>it holds no features</source>
        <translation>não contém características</translation>
    </message>
    <message>
        <source>it holds something other than features</source>
        <translation>contém algo que não são características</translation>
    </message>
    <message>
        <source>it holds features of an unexpected shape</source>
        <translation>contém características de outro formato</translation>
    </message>
    <message>
        <source>it holds features that are not numbers</source>
        <translation>contém características que não são números</translation>
    </message>
    <message>
        <source>its card is too large</source>
        <translation>a ficha é grande demais</translation>
    </message>
    <message>
        <source>its card is not text</source>
        <translation>a ficha não é texto</translation>
    </message>
    <message>
        <source>its card is not a JSON object</source>
        <translation>a ficha não é um objeto JSON</translation>
    </message>
    <message>
        <source>its card is nested too deeply</source>
        <translation>a ficha tem níveis demais</translation>
    </message>
    <message>
        <source>its card has format {found}, and this program reads format {known}</source>
        <translation>a ficha tem o formato {found}, e este programa lê o formato {known}</translation>
    </message>
    <message>
        <source>its card names the subtypes in another order</source>
        <translation>a ficha indica os subtipos em outra ordem</translation>
    </message>
    <message>
        <source>its card names no default operating point</source>
        <translation>a ficha não indica um ponto de operação padrão</translation>
    </message>
    <message>
        <source>its card says that a file was left out, but nothing in the bundle replaces that file</source>
        <translation>a ficha diz que um arquivo foi deixado de fora, mas nada no pacote substitui esse arquivo</translation>
    </message>
    <message>
        <source>its card lacks {field}</source>
        <translation>a ficha não tem {field}</translation>
    </message>
    <message>
        <source>its card has no valid value for {field}</source>
        <translation>a ficha não tem um valor válido para {field}</translation>
    </message>
    <message>
        <source>its card is not valid ({what})</source>
        <translation>a ficha não é válida ({what})</translation>
    </message>
    <message>
        <source>no hash of {file}</source>
        <translation>nenhum hash de {file}</translation>
    </message>
    <message>
        <source>a text that is too long or cannot be shown</source>
        <translation>um texto longo demais ou que não pode ser exibido</translation>
    </message>
    <message>
        <source>an interval that ends before it begins</source>
        <translation>um intervalo que termina antes de começar</translation>
    </message>
    <message>
        <source>an interval that lacks an end or its value</source>
        <translation>um intervalo sem uma das pontas ou sem o valor</translation>
    </message>
    <message>
        <source>thresholds that do not rise from 0 to 1</source>
        <translation>limiares que não sobem de 0 a 1</translation>
    </message>
    <message>
        <source>more or fewer {figure} values than thresholds</source>
        <translation>mais ou menos valores de {figure} do que limiares</translation>
    </message>
    <message>
        <source>a {figure}, or its interval, that is not between 0 and 1</source>
        <translation>{figure}, ou seu intervalo, fora da faixa de 0 a 1</translation>
    </message>
    <message>
        <source>a {figure} that changes in the wrong direction as the threshold rises</source>
        <translation>{figure} que varia no sentido errado à medida que o limiar sobe</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>sensibilidade</translation>
    </message>
    <message>
        <source>specificity</source>
        <translation>especificidade</translation>
    </message>
    <message>
        <source>Sorting fields of haematoxylin-eosin stained breast tissue, taken at 40× to 400×, by suspicion of malignancy, for research.</source>
        <translation>Ordenar por suspeita de malignidade, para pesquisa, campos de tecido mamário corado com hematoxilina e eosina, em aumentos de 40× a 400×.</translation>
    </message>
    <message>
        <source>Reading many fields in an order that shows the suspicious ones first; a person looks at every one that is sent to review.</source>
        <translation>Ler muitos campos em uma ordem que mostra primeiro os suspeitos; uma pessoa examina todos os que são enviados para revisão.</translation>
    </message>
    <message>
        <source>Teaching, and comparison with other models on the same folds.</source>
        <translation>Ensino e comparação com outros modelos nas mesmas partições.</translation>
    </message>
    <message>
        <source>Diagnosis, treatment, screening of patients, or any other decision about a person.</source>
        <translation>Diagnóstico, tratamento, triagem de pacientes ou qualquer outra decisão sobre uma pessoa.</translation>
    </message>
    <message>
        <source>Clearing a field or a patient as benign without a person who looks.</source>
        <translation>Considerar um campo ou um paciente benigno sem que uma pessoa o examine.</translation>
    </message>
    <message>
        <source>Other organs, stains, cytology, frozen sections, or whole slides that were not cut into fields.</source>
        <translation>Outros órgãos, outras colorações, citologia, cortes de congelação ou lâminas inteiras que não foram divididas em campos.</translation>
    </message>
    <message>
        <source>Any conclusion from the predicted subtype alone; see the figures.</source>
        <translation>Qualquer conclusão com base apenas no subtipo previsto; veja os números.</translation>
    </message>
    <message>
        <source>grouped, cross-fitted; {images:,} images of {accessions:,} accessions</source>
        <translation>agrupada, com ajuste cruzado; {images:,} imagens de {accessions:,} amostras</translation>
    </message>
    <message>
        <source>grouped, temperature cross-fitted; {images:,} images of {accessions:,} accessions</source>
        <translation>agrupada, com temperatura em ajuste cruzado; {images:,} imagens de {accessions:,} amostras</translation>
    </message>
    <message>
        <source>For research use only; this is not a medical device.</source>
        <translation>Somente para uso em pesquisa; não é um dispositivo médico.</translation>
    </message>
    <message>
        <source>All images come from one laboratory; other stains, scanners and cameras were not tested.</source>
        <translation>Todas as imagens vêm de um só laboratório; outras colorações, outros scanners e outras câmeras não foram testados.</translation>
    </message>
    <message>
        <source>Other stains, scanners and cameras were not tested.</source>
        <translation>Outras colorações, outros scanners e outras câmeras não foram testados.</translation>
    </message>
    <message>
        <source>{percent:.0f} % of the training images are malignant, and the probabilities are calibrated for that mixture.</source>
        <translation>{percent:.0f} % das imagens de treinamento são malignas, e as probabilidades estão calibradas para essa mistura.</translation>
    </message>
    <message>
        <source>These subtypes come from too few patients to say anything about them: {subtypes}.</source>
        <translation>Estes subtipos vêm de tão poucos pacientes que nada se pode afirmar sobre eles: {subtypes}.</translation>
    </message>
    <message>
        <source>There are few images at these magnifications, for training and for evaluation: {magnifications}.</source>
        <translation>Há poucas imagens nestes aumentos, tanto para o treinamento quanto para a avaliação: {magnifications}.</translation>
    </message>
    <message>
        <source>{magnification}× ({percent:.0f} % of the images)</source>
        <translation>{magnification}× ({percent:.0f} % das imagens)</translation>
    </message>
    <message>
        <source>Most of the images at hand were copies shrunk to 224 x 224 pixels.</source>
        <translation>A maioria das imagens disponíveis era de cópias reduzidas a 224 x 224 pixels.</translation>
    </message>
    <message>
        <source>The networks of the folds were given at most {epochs} of the {planned} epochs of the recipe.</source>
        <translation>As redes das partições receberam no máximo {epochs} das {planned} épocas da receita.</translation>
    </message>
    <message>
        <source>Thresholds and temperatures come from the five networks of the folds; the shipped networks were trained on more images.</source>
        <translation>Os limiares e as temperaturas vêm das cinco redes das partições; as redes que acompanham o programa foram treinadas com mais imagens.</translation>
    </message>
    <message>
        <source>Recipes evaluated on the same folds: {count:,}. The figures for the best of several recipes are somewhat too good; the card also gives the figures of this recipe on other folds.</source>
        <translation>Receitas avaliadas nas mesmas partições: {count:,}. Os números da melhor de várias receitas são um pouco otimistas; a ficha também traz os números desta receita em outras partições.</translation>
    </message>
    <message>
        <source>Recipes evaluated on the same folds: {count:,}. The figures for the best of several recipes are somewhat too good; this recipe was not evaluated on other folds.</source>
        <translation>Receitas avaliadas nas mesmas partições: {count:,}. Os números da melhor de várias receitas são um pouco otimistas; esta receita não foi avaliada em outras partições.</translation>
    </message>
    <message>
        <source>The same folds were also used to evaluate {ensembles:,} ensembles and, in a screening, {screened:,} configurations and combinations of configurations. A search evaluated {trials:,} more on some of these folds.</source>
        <translation>As mesmas partições também serviram para avaliar {ensembles:,} conjuntos de modelos e, em uma triagem, {screened:,} configurações e combinações de configurações. Uma busca avaliou mais {trials:,} em algumas dessas partições.</translation>
    </message>
    <message>
        <source>The same recipe with another random seed: AUC {auc}, macro recall {recall}, on the same folds.</source>
        <translation>A mesma receita com outra semente aleatória: AUC {auc}, sensibilidade média entre os subtipos {recall}, nas mesmas partições.</translation>
    </message>
    <message>
        <source>{value:.3f} [{low:.3f}, {high:.3f}]</source>
        <translation>{value:.3f} [{low:.3f}; {high:.3f}]</translation>
    </message>
    <message>
        <source>adenosis</source>
        <translation>adenose</translation>
    </message>
    <message>
        <source>fibroadenoma</source>
        <translation>fibroadenoma</translation>
    </message>
    <message>
        <source>phyllodes tumour</source>
        <translation>tumor filoide</translation>
    </message>
    <message>
        <source>tubular adenoma</source>
        <translation>adenoma tubular</translation>
    </message>
    <message>
        <source>ductal carcinoma</source>
        <translation>carcinoma ductal</translation>
    </message>
    <message>
        <source>lobular carcinoma</source>
        <translation>carcinoma lobular</translation>
    </message>
    <message>
        <source>mucinous carcinoma</source>
        <translation>carcinoma mucinoso</translation>
    </message>
    <message>
        <source>papillary carcinoma</source>
        <translation>carcinoma papilar</translation>
    </message>
    <message>
        <source>There is not enough memory for this</source>
        <translation>Não há memória suficiente para isso</translation>
    </message>
    <message>
        <source>close other programs and try again</source>
        <translation>feche outros programas e tente de novo</translation>
    </message>
    <message>
        <source>It is not there</source>
        <translation>Não existe</translation>
    </message>
    <message>
        <source>check that the drive is connected and the name is right</source>
        <translation>verifique se a unidade está conectada e se o nome está certo</translation>
    </message>
    <message>
        <source>It cannot be opened: access is denied</source>
        <translation>Não há permissão para abrir</translation>
    </message>
    <message>
        <source>ask for permission to read it</source>
        <translation>peça permissão de leitura</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>Não pode ser lida</translation>
    </message>
    <message>
        <source>check the drive and the name</source>
        <translation>verifique a unidade e o nome</translation>
    </message>
    <message>
        <source>It does not answer</source>
        <translation>Não responde</translation>
    </message>
    <message>
        <source>check the drive or the network, then add the file or folder again</source>
        <translation>verifique a unidade ou a rede e depois adicione o arquivo ou a pasta de novo</translation>
    </message>
    <message>
        <source>The file grew while it was read</source>
        <translation>O arquivo cresceu durante a leitura</translation>
    </message>
    <message>
        <source>add it again once it is whole</source>
        <translation>adicione-o de novo quando estiver completo</translation>
    </message>
    <message>
        <source>Not a file that can be read.</source>
        <translation>Não é um arquivo legível.</translation>
    </message>
    <message>
        <source>The file is too large to be an image of one field</source>
        <translation>O arquivo é grande demais para ser a imagem de um campo</translation>
    </message>
    <message>
        <source>{megabytes:,.0f} MB</source>
        <translation>{megabytes:,.0f} MB</translation>
    </message>
    <message>
        <source>export smaller fields of view and add those</source>
        <translation>exporte campos menores e adicione-os</translation>
    </message>
    <message>
        <source>The working folder was removed, so {path} is nowhere; change to a folder that is there.</source>
        <translation>O diretório atual foi removido, por isso {path} não existe; mude para um que exista.</translation>
    </message>
    <message>
        <source>{file} could not be written: {advice}.</source>
        <translation>{file} não pôde ser gravado: {advice}.</translation>
    </message>
    <message>
        <source>its folder does not exist; create it or choose another</source>
        <translation>a pasta não existe; crie-a ou escolha outra</translation>
    </message>
    <message>
        <source>its folder cannot hold new files; choose another</source>
        <translation>a pasta não aceita arquivos novos; escolha outra</translation>
    </message>
    <message>
        <source>this is not allowed; close the file where it is open, or choose a folder that you may write to</source>
        <translation>isso não é permitido; feche o arquivo, se estiver aberto, ou escolha uma pasta em que você possa gravar</translation>
    </message>
    <message>
        <source>the disk is read-only; choose a folder on another one</source>
        <translation>o disco é somente leitura; escolha uma pasta em outro</translation>
    </message>
    <message>
        <source>the disk is full; make room or choose another</source>
        <translation>o disco está cheio; libere espaço ou escolha outro</translation>
    </message>
    <message>
        <source>the disk cannot hold a file of that size; choose another</source>
        <translation>o disco não aceita um arquivo deste tamanho; escolha outro</translation>
    </message>
    <message>
        <source>its name is too long; choose a shorter one</source>
        <translation>o nome é longo demais; escolha um mais curto</translation>
    </message>
    <message>
        <source>{error}; choose another place</source>
        <translation>{error}; escolha outro lugar</translation>
    </message>
    <message>
        <source>it is a link to a file of another kind; name that file itself, or choose another name</source>
        <translation>é um link para um arquivo de outro tipo; indique o próprio arquivo ou escolha outro nome</translation>
    </message>
    <message>
        <source>it is a link that another user made; name the file that it leads to, or choose another name</source>
        <translation>é um link criado por outro usuário; indique o arquivo para o qual ele aponta ou escolha outro nome</translation>
    </message>
    <message>
        <source>it is not a regular file; choose another name</source>
        <translation>não é um arquivo comum; escolha outro nome</translation>
    </message>
    <message>
        <source>The system names no home folder for this user; set BREAKHIS_HOME to a folder that can be written to.</source>
        <translation>O sistema não indica uma pasta pessoal para este usuário; defina BREAKHIS_HOME como uma pasta em que se possa gravar.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {folder} cannot be created or written to; set BREAKHIS_HOME to a folder that can.</source>
        <translation>Não é possível criar a pasta do programa {folder} ou gravar nela; defina BREAKHIS_HOME como uma pasta em que isso seja possível.</translation>
    </message>
    <message>
        <source>The environment variable BREAKHIS_HOME names the folder {folder}, which cannot be created or written to; set it to another folder.</source>
        <translation>A variável de ambiente BREAKHIS_HOME indica a pasta {folder}, que não pode ser criada ou não aceita gravação; defina outra pasta.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {folder} cannot be written to ({error}). Make room on its disk, or set BREAKHIS_HOME to another folder.</source>
        <translation>Não é possível gravar na pasta do programa {folder} ({error}). Libere espaço no disco ou defina BREAKHIS_HOME como outra pasta.</translation>
    </message>
    <message>
        <source>The log {file} cannot be written ({error}); move it away, or set BREAKHIS_HOME.</source>
        <translation>O log {file} não pode ser gravado ({error}); mova-o para outro lugar ou defina BREAKHIS_HOME.</translation>
    </message>
    <message>
        <source>The system lacks {libraries:and}, which the window needs. On Debian or Ubuntu, this installs what is missing: sudo apt-get install {packages}</source>
        <translation>O sistema não tem {libraries:and}, de que a janela precisa. No Debian ou no Ubuntu, isto instala o que falta: sudo apt-get install {packages}</translation>
    </message>
    <message>
        <source>The system lacks {library}, which the window needs; install the package that contains it.</source>
        <translation>Falta no sistema {library}, de que a janela precisa; instale o pacote que a contém.</translation>
    </message>
    <message>
        <source>Cancelled before it was classified.</source>
        <translation>Cancelada antes de ser classificada.</translation>
    </message>
    <message>
        <source>Already in this run.</source>
        <translation>Já está nesta análise.</translation>
    </message>
    <message>
        <source>A link to a folder; add that folder itself.</source>
        <translation>É um link para uma pasta; adicione a própria pasta.</translation>
    </message>
    <message>
        <source>Not an image, judging by its name; image names end in .png, .jpg, .tif, .bmp, .webp, .jp2 or the like.</source>
        <translation>Pelo nome, não é uma imagem; nomes de imagens terminam em .png, .jpg, .tif, .bmp, .webp, .jp2 ou semelhantes.</translation>
    </message>
    <message>
        <source>{kind} file, a format that this program does not read: save the picture as PNG or TIFF and add that.</source>
        <translation>Arquivo {kind}, um formato que este programa não lê: salve a imagem como PNG ou TIFF e adicione-a.</translation>
    </message>
    <message>
        <source>Whole-slide file: export fields of view from it as PNG or TIFF, for example with QuPath, and add those.</source>
        <translation>Arquivo de lâmina inteira: exporte campos dele como PNG ou TIFF, por exemplo com o QuPath, e adicione-os.</translation>
    </message>
    <message>
        <source>DICOM file: export the picture from it as PNG or TIFF and add that.</source>
        <translation>Arquivo DICOM: exporte a imagem dele como PNG ou TIFF e adicione-a.</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>O arquivo está vazio</translation>
    </message>
    <message>
        <source>copy it again from where it was made</source>
        <translation>copie a imagem de novo do local em que foi criada</translation>
    </message>
    <message>
        <source>The content is not an image that this program can read</source>
        <translation>O conteúdo não é uma imagem legível</translation>
    </message>
    <message>
        <source>save it as PNG, JPEG or TIFF</source>
        <translation>salve-a como PNG, JPEG ou TIFF</translation>
    </message>
    <message>
        <source>The image is damaged</source>
        <translation>A imagem está danificada</translation>
    </message>
    <message>
        <source>This program cannot read this kind of file</source>
        <translation>O arquivo é de um tipo que este programa não lê</translation>
    </message>
    <message>
        <source>{kind}</source>
        <translation>{kind}</translation>
    </message>
    <message>
        <source>open it in an image program and save it as RGB with 8 bits, as PNG or TIFF</source>
        <translation>abra-o em um programa de imagens e salve-o como RGB com 8 bits, em PNG ou TIFF</translation>
    </message>
    <message>
        <source>The image has more pixels than one field</source>
        <translation>A imagem tem mais pixels que um campo</translation>
    </message>
    <message>
        <source>over {megapixels} million, or {side:,} along a side</source>
        <translation>mais de {megapixels} milhões, ou {side:,} em um lado</translation>
    </message>
    <message>
        <source>The file is built in a way that would take too long to decode</source>
        <translation>O arquivo foi construído de um modo que tornaria a decodificação demorada demais</translation>
    </message>
    <message>
        <source>open it in an image program and save it as PNG</source>
        <translation>abra-o em um programa de imagens e salve-o como PNG</translation>
    </message>
    <message>
        <source>The image has more than 16 bits in each channel</source>
        <translation>A imagem tem mais de 16 bits por canal</translation>
    </message>
    <message>
        <source>save it with 8 or 16 bits as PNG or TIFF</source>
        <translation>salve-a com 8 ou 16 bits como PNG ou TIFF</translation>
    </message>
    <message>
        <source>The image looks black</source>
        <translation>A imagem parece preta</translation>
    </message>
    <message>
        <source>it uses {bits} of its 16 bits</source>
        <translation>usa {bits} dos seus 16 bits</translation>
    </message>
    <message>
        <source>save it with 8 bits in each channel, stretched to the full range</source>
        <translation>salve-a com 8 bits em cada canal, ajustada a toda a faixa de valores</translation>
    </message>
    <message>
        <source>There is not enough memory for this image</source>
        <translation>Não há memória suficiente para esta imagem</translation>
    </message>
    <message>
        <source>close other programs and add it again</source>
        <translation>feche outros programas e adicione-a de novo</translation>
    </message>
    <message>
        <source>This image made the program fail</source>
        <translation>Esta imagem fez o programa falhar</translation>
    </message>
    <message>
        <source>please report it with the log</source>
        <translation>comunique o problema e envie o log</translation>
    </message>
    <message>
        <source>The models gave no probabilities for this image</source>
        <translation>Os modelos não deram probabilidades para esta imagem</translation>
    </message>
    <message>
        <source>analyse it again with the CPU as computing device</source>
        <translation>analise-a de novo com a CPU como dispositivo</translation>
    </message>
    <message>
        <source>image file is truncated</source>
        <translation>o arquivo está incompleto</translation>
    </message>
    <message>
        <source>strips or tiles are missing</source>
        <translation>faltam faixas ou blocos</translation>
    </message>
    <message>
        <source>broken data stream when reading image file</source>
        <translation>os dados estão corrompidos</translation>
    </message>
    <message>
        <source>its structure cannot be read</source>
        <translation>a estrutura não pode ser lida</translation>
    </message>
    <message>
        <source>TIFF compressed as {method}</source>
        <translation>TIFF comprimido como {method}</translation>
    </message>
    <message>
        <source>method {number}</source>
        <translation>método {number}</translation>
    </message>
    <message>
        <source>TIFF with {colours}</source>
        <translation>TIFF com {colours}</translation>
    </message>
    <message>
        <source>Lab colours</source>
        <translation>cores Lab</translation>
    </message>
    <message>
        <source>raw camera data</source>
        <translation>dados brutos de câmera</translation>
    </message>
    <message>
        <source>LogLuv colours</source>
        <translation>cores LogLuv</translation>
    </message>
    <message>
        <source>an unknown colour space, number {number}</source>
        <translation>espaço de cores desconhecido, número {number}</translation>
    </message>
    <message>
        <source>TIFF with compressed planes in colours other than RGB and CMYK</source>
        <translation>TIFF com planos comprimidos de cores diferentes de RGB e CMYK</translation>
    </message>
    <message>
        <source>TIFF with subsampled colours and no compression</source>
        <translation>TIFF com cores subamostradas e sem compressão</translation>
    </message>
    <message>
        <source>TIFF with inks other than cyan, magenta, yellow and black</source>
        <translation>TIFF com tintas diferentes de ciano, magenta, amarelo e preto</translation>
    </message>
    <message>
        <source>TIFF with floating-point numbers, other than a single grey channel of 32 bits</source>
        <translation>TIFF com números de ponto flutuante, exceto um único canal de cinza de 32 bits</translation>
    </message>
    <message>
        <source>TIFF with signed numbers</source>
        <translation>TIFF com números com sinal</translation>
    </message>
    <message>
        <source>TIFF with numbers of unusual kinds</source>
        <translation>TIFF com números de tipos incomuns</translation>
    </message>
    <message>
        <source>TIFF with channels of {bits} bits</source>
        <translation>TIFF com canais de {bits} bits</translation>
    </message>
    <message>
        <source>TIFF with {bits} bits in each channel</source>
        <translation>TIFF com {bits} bits em cada canal</translation>
    </message>
    <message>
        <source>TIFF with its channels or layers on grey pages of their own</source>
        <translation>TIFF com os canais ou as camadas em páginas de cinza separadas</translation>
    </message>
    <message>
        <source>TIFF with an unusual arrangement of channels, {samples} of {bits} bits</source>
        <translation>TIFF com uma disposição incomum de canais, {samples} de {bits} bits</translation>
    </message>
    <message>
        <source>BMP with an unusual header</source>
        <translation>BMP com um cabeçalho incomum</translation>
    </message>
    <message>
        <source>BMP with unusual bit fields</source>
        <translation>BMP com campos de bits incomuns</translation>
    </message>
    <message>
        <source>BMP compressed as {method}</source>
        <translation>BMP comprimido como {method}</translation>
    </message>
    <message>
        <source>BMP with {bits} bits in each pixel</source>
        <translation>BMP com {bits} bits em cada pixel</translation>
    </message>
    <message>
        <source>PNG with a transparent colour of 16 bits</source>
        <translation>PNG com uma cor transparente de 16 bits</translation>
    </message>
    <message>
        <source>JPEG of a hierarchical kind</source>
        <translation>JPEG do tipo hierárquico</translation>
    </message>
    <message>
        <source>JPEG with {bits} bits in each channel</source>
        <translation>JPEG com {bits} bits em cada canal</translation>
    </message>
    <message>
        <source>JPEG with {count} channels</source>
        <translation>JPEG com {count} canais</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with premultiplied transparency</source>
        <translation>imagem JPEG 2000 com transparência pré-multiplicada</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with an unusual palette</source>
        <translation>imagem JPEG 2000 com uma paleta incomum</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with channels of unusual sizes</source>
        <translation>imagem JPEG 2000 com canais de tamanhos incomuns</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with subsampled colours that are offset from the picture</source>
        <translation>imagem JPEG 2000 com cores subamostradas deslocadas em relação à imagem</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with fewer than 8 bits in a channel</source>
        <translation>imagem JPEG 2000 com menos de 8 bits em um canal</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with transparency or inks of more than 8 bits</source>
        <translation>imagem JPEG 2000 com transparência ou tintas de mais de 8 bits</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with channels in an unusual order</source>
        <translation>imagem JPEG 2000 com canais em ordem incomum</translation>
    </message>
    <message>
        <source>JPEG 2000 picture with {colours}</source>
        <translation>imagem JPEG 2000 com {colours}</translation>
    </message>
    <message>
        <source>The image is too small</source>
        <translation>A imagem é pequena demais</translation>
    </message>
    <message>
        <source>{width} x {height} pixels</source>
        <translation>{width} x {height} pixels</translation>
    </message>
    <message>
        <source>use the original, at least {least} pixels on each side</source>
        <translation>use o original, com pelo menos {least} pixels de cada lado</translation>
    </message>
    <message>
        <source>The models were not trained at its magnification</source>
        <translation>Os modelos não foram treinados com este aumento</translation>
    </message>
    <message>
        <source>{declared}×; they know {known}</source>
        <translation>{declared}×; eles conhecem {known}</translation>
    </message>
    <message>
        <source>use a field at one of those</source>
        <translation>use um campo em um desses aumentos</translation>
    </message>
    <message>
        <source>It is unlike the fields that the models were trained on</source>
        <translation>É diferente dos campos com que os modelos foram treinados</translation>
    </message>
    <message>
        <source>distance {distance:.2f}, limit 1</source>
        <translation>distância {distance:.2f}, limite 1</translation>
    </message>
    <message>
        <source>check what it shows</source>
        <translation>verifique o que a imagem mostra</translation>
    </message>
    <message>
        <source>The picture is too large to be one field of view</source>
        <translation>A imagem é grande demais para ser um único campo de visão</translation>
    </message>
    <message>
        <source>it would take {count} tiles</source>
        <translation>seriam necessárias {count} partes</translation>
    </message>
    <message>
        <source>It is too dark to be a bright-field micrograph</source>
        <translation>É escura demais para uma micrografia de campo claro</translation>
    </message>
    <message>
        <source>turn the light up, or add only fields of H&amp;E sections</source>
        <translation>aumente a luz ou adicione apenas campos de cortes corados com H&amp;E</translation>
    </message>
    <message>
        <source>It is blank or nearly blank glass</source>
        <translation>É uma área da lâmina sem tecido ou quase sem tecido</translation>
    </message>
    <message>
        <source>move to a field with tissue</source>
        <translation>vá para um campo com tecido</translation>
    </message>
    <message>
        <source>It is out of focus</source>
        <translation>Está desfocada</translation>
    </message>
    <message>
        <source>focus and take it again</source>
        <translation>focalize e fotografe de novo</translation>
    </message>
    <message>
        <source>It has no colour</source>
        <translation>Não tem cor</translation>
    </message>
    <message>
        <source>take it in colour, from a section stained with haematoxylin and eosin</source>
        <translation>fotografe em cores um corte corado com hematoxilina e eosina</translation>
    </message>
    <message>
        <source>Its colours are not those of haematoxylin and eosin</source>
        <translation>As cores não são as da hematoxilina e eosina</translation>
    </message>
    <message>
        <source>the models know no other stain</source>
        <translation>os modelos não conhecem outra coloração</translation>
    </message>
    <message>
        <source>Its colours and contrast are not those of a tissue section</source>
        <translation>Pelas cores e pelo contraste, não é a micrografia de um corte</translation>
    </message>
    <message>
        <source>add fields of view as they come from the microscope</source>
        <translation>adicione campos tal como vêm do microscópio</translation>
    </message>
    <message>
        <source>near threshold</source>
        <translation>perto do limiar</translation>
    </message>
    <message>
        <source>models disagree</source>
        <translation>modelos discordam</translation>
    </message>
    <message>
        <source>quality gate overridden: {reason:finding}</source>
        <translation>controle de qualidade ignorado: {reason:finding}</translation>
    </message>
    <message>
        <source>{declined} of {tiles} tiles: {reason:finding}</source>
        <translation>{declined} de {tiles} partes: {reason:finding}</translation>
    </message>
    <message>
        <source>quality gate refuses {what}</source>
        <translation>controle de qualidade recusa {what}</translation>
    </message>
    <message>
        <source>larger or more elongated than the training fields ({width} x {height} pixels), and its magnification is unknown</source>
        <translation>maior ou mais alongada que os campos de treinamento ({width} x {height} pixels), e seu aumento é desconhecido</translation>
    </message>
    <message>
        <source>analysed in tiles of {width} x {height} pixels, a different shape from the training fields</source>
        <translation>classificada em partes de {width} x {height} pixels, de formato diferente do dos campos de treinamento</translation>
    </message>
    <message>
        <source>Only a few images were taken at these magnifications, so little is known about them: {magnifications}.</source>
        <translation>Poucas imagens foram tiradas nestes aumentos, por isso se sabe pouco sobre eles: {magnifications}.</translation>
    </message>
    <message>
        <source>The models that were evaluated were trained for at most {epochs} of {planned} epochs.</source>
        <translation>Os modelos avaliados foram treinados por no máximo {epochs} de {planned} épocas.</translation>
    </message>
    <message>
        <source>The operating points and the calibration come from five models that were trained for the evaluation; the models in use were trained on more images.</source>
        <translation>Os pontos de operação e a calibração vêm de cinco modelos treinados para a avaliação; os modelos em uso foram treinados com mais imagens.</translation>
    </message>
    <message>
        <source>Each figure rests on few accessions, so the intervals are wide.</source>
        <translation>Cada valor se baseia em poucas amostras, por isso os intervalos são largos.</translation>
    </message>
    <message>
        <source>These models did best among {count:,} that were compared on the same patients, so their figures are somewhat too good. They were evaluated again with the patients divided in other ways.</source>
        <translation>Estes modelos foram os melhores entre {count:,} comparados nos mesmos pacientes, por isso seus números são um pouco otimistas. Foram avaliados de novo com os pacientes divididos de outras maneiras.</translation>
    </message>
    <message>
        <source>These models did best among {count:,} that were compared on the same patients, so their figures are somewhat too good. They were not evaluated with the patients divided in other ways.</source>
        <translation>Estes modelos foram os melhores entre {count:,} comparados nos mesmos pacientes, por isso seus números são um pouco otimistas. Não foram avaliados com os pacientes divididos de outras maneiras.</translation>
    </message>
    <message>
        <source>Also compared on the same patients: {ensembles:,} combinations of models and {screened:,} quick trials of other settings; on some of these patients, {trials:,} trials of an automatic search.</source>
        <translation>Também comparados nos mesmos pacientes: {ensembles:,} combinações de modelos e {screened:,} testes rápidos de outras configurações; em parte desses pacientes, {trials:,} testes de uma busca automática.</translation>
    </message>
    <message>
        <source>Trained once more from other random numbers, the models reached an AUC of {auc} and a macro recall of {recall}.</source>
        <translation>Treinados mais uma vez a partir de outros números aleatórios, os modelos alcançaram uma AUC de {auc} e uma sensibilidade média entre os subtipos de {recall}.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong; the log says more. Please report it.</source>
        <translation>Ocorreu uma falha inesperada; o log traz detalhes. Comunique-a, por favor.</translation>
    </message>
    <message>
        <source>There is nothing to analyse in {path}. {reason}</source>
        <translation>Não há nada para analisar em {path}. {reason}</translation>
    </message>
    <message>
        <source>There is no image in {roots}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files.</source>
        <translation>Não há imagens em {roots}; escolha uma pasta com arquivos PNG, JPEG, TIFF, BMP, WebP ou JPEG 2000.</translation>
    </message>
    <message>
        <source>The models are not loaded, so nothing was analysed.</source>
        <translation>Os modelos não estão carregados; por isso nada foi analisado.</translation>
    </message>
    <message>
        <source>The folder {folder} is empty or no longer there; connect the drive and start again: what is finished is kept.</source>
        <translation>A pasta {folder} está vazia ou não existe mais; conecte a unidade e inicie de novo: o que já foi concluído é mantido.</translation>
    </message>
    <message>
        <source>The run was taken off the queue, but the store could not record this, so the run will be offered again at the next start. {reason}</source>
        <translation>A análise foi removida da fila, mas o banco de dados não pôde registrar isso; por isso ela será oferecida de novo quando você reabrir o programa. {reason}</translation>
    </message>
    <message>
        <source>This run was made with {differences:and}; to finish it, use the same models, settings and version of the program, or queue its files again for a new run.</source>
        <translation>Esta análise foi feita com {differences:and}; para concluí-la, use os mesmos modelos, as mesmas configurações e a mesma versão do programa, ou coloque os arquivos de novo na fila para uma nova análise.</translation>
    </message>
    <message>
        <source>The store holds an unfinished run of {started} over the same files, made with {differences:and}; finish it with those, or name another store.</source>
        <translation>O banco de dados contém uma análise inacabada dos mesmos arquivos, de {started}, feita com {differences:and}; conclua-a com a mesma configuração ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>other models ({name}, id {id})</source>
        <translation>outros modelos ({name}, id {id})</translation>
    </message>
    <message>
        <source>another operating point ({name}, threshold {threshold:g})</source>
        <translation>outro ponto de operação ({name}, limiar {threshold:g})</translation>
    </message>
    <message>
        <source>another review rule (margin {margin:g})</source>
        <translation>outra regra de revisão (margem {margin:g})</translation>
    </message>
    <message>
        <source>version {version} of the quality gate</source>
        <translation>a versão {version} do controle de qualidade</translation>
    </message>
    <message>
        <source>the quality gate on</source>
        <translation>o controle de qualidade ligado</translation>
    </message>
    <message>
        <source>the quality gate off</source>
        <translation>o controle de qualidade desligado</translation>
    </message>
    <message>
        <source>another rule for patients ({rule})</source>
        <translation>outra regra para os pacientes ({rule})</translation>
    </message>
    <message>
        <source>There is no rule {rule} for patients; write official, folder, magnification, pattern:PATTERN or csv:FILE.</source>
        <translation>Não existe a regra {rule} para pacientes; escreva official, folder, magnification, pattern:PATTERN ou csv:FILE.</translation>
    </message>
    <message>
        <source>The results could not be written to standard output ({error}); write them to a file with --csv.</source>
        <translation>Não foi possível escrever os resultados na saída padrão ({error}); grave-os em um arquivo com --csv.</translation>
    </message>
    <message>
        <source>Standard output was closed before all of it was read.</source>
        <translation>A saída padrão foi fechada antes de tudo ser lido.</translation>
    </message>
    <message>
        <source>Only one output can go to standard output; give the others a file.</source>
        <translation>Só um resultado pode ir para a saída padrão; indique um arquivo para os outros.</translation>
    </message>
    <message>
        <source>{format} is not text that a terminal can show; name a file with {option}, or send standard output to one.</source>
        <translation>{format} não é texto que um terminal possa mostrar; indique um arquivo com {option}, ou envie a saída padrão para um.</translation>
    </message>
    <message>
        <source>Reading a list of files, one on each line, until Ctrl+D.</source>
        <translation>Lendo uma lista de arquivos, um por linha, até Ctrl+D.</translation>
    </message>
    <message>
        <source>Standard input lists no file; send it the paths of images or folders, one on each line.</source>
        <translation>A entrada padrão não indica nenhum arquivo; envie-lhe os caminhos de imagens ou pastas, um por linha.</translation>
    </message>
    <message>
        <source>The pattern is empty; write one such as {{patient}}_{{magnification}}x_*.</source>
        <translation>O padrão está vazio; escreva um como {{patient}}_{{magnification}}x_*.</translation>
    </message>
    <message>
        <source>The pattern contains a byte that is not text; write * in its place.</source>
        <translation>O padrão contém um byte que não é texto; escreva * no lugar dele.</translation>
    </message>
    <message>
        <source>The pattern must have 1 to {most} characters; shorten it.</source>
        <translation>O padrão deve ter de 1 a {most} caracteres; encurte-o.</translation>
    </message>
    <message>
        <source>The pattern is not a valid regular expression ({error}); correct it.</source>
        <translation>O padrão não é uma expressão regular válida ({error}); corrija-o.</translation>
    </message>
    <message>
        <source>The pattern names neither the patient nor the magnification; write {{patient}} or {{magnification}} where it stands in the name.</source>
        <translation>O padrão não menciona nem o paciente nem o aumento; escreva {{patient}} ou {{magnification}} onde ele consta no nome.</translation>
    </message>
    <message>
        <source>The pattern names {{{name}}} twice; write * in place of the second one.</source>
        <translation>O padrão menciona {{{name}}} duas vezes; escreva * no lugar da segunda.</translation>
    </message>
    <message>
        <source>The pattern repeats a group, which may take forever; repeat only single characters.</source>
        <translation>O padrão repete um grupo, o que pode não terminar nunca; repita apenas caracteres isolados.</translation>
    </message>
    <message>
        <source>The pattern has flags or comments, which are not supported; write it without them.</source>
        <translation>O padrão tem opções ou comentários, que não são lidos aqui; escreva-o sem eles.</translation>
    </message>
    <message>
        <source>The pattern has more than {most} open repetitions such as * and +, which may take forever.</source>
        <translation>O padrão tem mais de {most} repetições abertas como * e +, o que pode não terminar nunca.</translation>
    </message>
    <message>
        <source>The pattern has too many optional parts and alternatives, which may take forever; write it with fewer.</source>
        <translation>O padrão tem partes opcionais e alternativas demais, o que pode não terminar nunca; escreva-o com menos.</translation>
    </message>
    <message>
        <source>The table {file} cannot be opened. {reason}</source>
        <translation>A tabela {file} não pode ser aberta. {reason}</translation>
    </message>
    <message>
        <source>The table {file} is larger than any job needs; choose the CSV that names this job&apos;s files.</source>
        <translation>A tabela {file} é maior do que qualquer trabalho precisa; escolha o CSV que lista os arquivos deste trabalho.</translation>
    </message>
    <message>
        <source>The table {file} is not UTF-8 text; save it as CSV in UTF-8.</source>
        <translation>A tabela {file} não é texto UTF-8; salve-a como CSV em UTF-8.</translation>
    </message>
    <message>
        <source>The table {file} cannot be used: {error}.</source>
        <translation>A tabela {file} não pode ser usada: {error}.</translation>
    </message>
    <message>
        <source>its first line must name the column &apos;file&apos;, and &apos;patient&apos; or &apos;magnification&apos; or both</source>
        <translation>a primeira linha deve conter a coluna file, e patient ou magnification ou ambas</translation>
    </message>
    <message>
        <source>it has two different entries for {file}</source>
        <translation>diz duas coisas diferentes sobre {file}</translation>
    </message>
    <message>
        <source>it gives {file} the magnification {value}; write a number such as 400, or leave it empty</source>
        <translation>ela dá a {file} o aumento {value}; escreva um número como 400 ou deixe em branco</translation>
    </message>
    <message>
        <source>{file} has the name of an image; give the output another ending, so that no image is replaced.</source>
        <translation>{file} tem nome de imagem; dê outra extensão ao arquivo de saída, para que nenhuma imagem seja substituída.</translation>
    </message>
    <message>
        <source>{file} is {what}; write to another file.</source>
        <translation>{file} é {what}; grave em outro arquivo.</translation>
    </message>
    <message>
        <source>{file}, which leads to {place}, is {what}; write to another file.</source>
        <translation>{file}, que aponta para {place}, é {what}; grave em outro arquivo.</translation>
    </message>
    <message>
        <source>{file} is read-only; make it writable, or choose another name.</source>
        <translation>{file} é somente leitura; permita a gravação ou escolha outro nome.</translation>
    </message>
    <message>
        <source>{file} is named twice in this command; give each output a file of its own.</source>
        <translation>{file} aparece duas vezes neste comando; dê a cada saída um arquivo próprio.</translation>
    </message>
    <message>
        <source>{file} is a folder; give the name of a file in it.</source>
        <translation>{file} é uma pasta; dê o nome de um arquivo dentro dela.</translation>
    </message>
    <message>
        <source>{file} is a pipe or device; name a file, or - for standard output.</source>
        <translation>{file} é um pipe ou dispositivo; indique um arquivo, ou - para a saída padrão.</translation>
    </message>
    <message>
        <source>{file} is a pipe or device; name a file.</source>
        <translation>{file} é um pipe ou dispositivo; indique um arquivo.</translation>
    </message>
    <message>
        <source>{file} cannot be written: its folder is not there or is read-only. Choose another place.</source>
        <translation>{file} não pode ser gravado: a pasta não existe ou é somente leitura. Escolha outro lugar.</translation>
    </message>
    <message>
        <source>the store or a part of it</source>
        <translation>o banco de dados ou uma parte dele</translation>
    </message>
    <message>
        <source>a file of the program itself</source>
        <translation>um arquivo do próprio programa</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>uma imagem</translation>
    </message>
    <message>
        <source>one of the files or folders to analyse</source>
        <translation>um dos arquivos ou pastas a analisar</translation>
    </message>
    <message>
        <source>the table of patients</source>
        <translation>a tabela de pacientes</translation>
    </message>
    <message>
        <source>a file of the models</source>
        <translation>um arquivo dos modelos</translation>
    </message>
    <message>
        <source>the logo of the report</source>
        <translation>o logotipo do relatório</translation>
    </message>
    <message>
        <source>No image of this run is reviewed yet; accept or override some, or include those with official names.</source>
        <translation>Nenhuma imagem desta análise foi revisada ainda; aceite ou corrija algumas, ou inclua as que têm nomes oficiais.</translation>
    </message>
    <message>
        <source>{path} is there already; choose another name, so that nothing is replaced.</source>
        <translation>{path} já existe; escolha outro nome, para que nada seja substituído.</translation>
    </message>
    <message>
        <source>{path} lies in what was analysed, and the copies would be analysed again; choose another place.</source>
        <translation>{path} está dentro do que foi analisado, e as cópias seriam analisadas de novo; escolha outro lugar.</translation>
    </message>
    <message>
        <source>The folder {path} could not be written ({error}); choose another place that has room.</source>
        <translation>A pasta {path} não pôde ser gravada ({error}); escolha outro lugar com espaço.</translation>
    </message>
    <message>
        <source>None of the images can be copied; {name}, for one: {reason}</source>
        <translation>Nenhuma das imagens pode ser copiada; por exemplo, {name}: {reason}</translation>
    </message>
    <message>
        <source>The name of the image or of its patient is too long for the disk that the copies go to; choose a folder on another disk.</source>
        <translation>O nome da imagem ou o do paciente é longo demais para o disco que recebe as cópias; escolha uma pasta em outro disco.</translation>
    </message>
    <message>
        <source>The review contradicts the official name; settle which is right before the image is used for training.</source>
        <translation>A revisão contradiz o nome oficial; decida qual está certo antes de treinar com ela.</translation>
    </message>
    <message>
        <source>The file has changed since the run analysed it; analyse and review it again.</source>
        <translation>O arquivo mudou desde que foi analisado; analise-o e revise-o de novo.</translation>
    </message>
    <message>
        <source>The run has none of the images to report; choose a patient or images from its table.</source>
        <translation>A análise não tem nenhuma das imagens do relatório; escolha um paciente ou imagens que estejam na tabela.</translation>
    </message>
    <message>
        <source>No image of this run is of the patient {patient}: its patients are {patients}. Repeat the command with one of them as --case.</source>
        <translation>Nenhuma imagem desta análise é do paciente {patient}: os pacientes são {patients}. Repita o comando com um deles em --case.</translation>
    </message>
    <message>
        <source>No image of this run is of the patient {patient}: its patients are {patients} and {more:,} more. Repeat the command with one of them as --case.</source>
        <translation>Nenhuma imagem desta análise é do paciente {patient}: os pacientes são {patients} e mais {more:,}. Repita o comando com um deles em --case.</translation>
    </message>
    <message>
        <source>No image of this run is of the patient {patient}: neither a name nor a rule says whose images these are. Repeat the command with a rule as --patients.</source>
        <translation>Nenhuma imagem desta análise é do paciente {patient}: nenhum nome ou regra diz de quem são as imagens. Repita o comando com uma regra em --patients.</translation>
    </message>
    <message>
        <source>A case report holds at most {most} images, and {count:,} are chosen; choose fewer.</source>
        <translation>Um relatório de caso contém no máximo {most} imagens, e você escolheu {count:,}; escolha menos.</translation>
    </message>
    <message>
        <source>A report lists at most {most:,} images, and this run has {count:,}; export it as CSV, Excel or JSON.</source>
        <translation>Um relatório lista no máximo {most:,} imagens, e esta análise tem {count:,}; exporte-a como CSV, Excel ou JSON.</translation>
    </message>
    <message>
        <source>The logo {file} cannot be read; choose a PNG or JPEG file, or none.</source>
        <translation>O logotipo {file} não pode ser lido; escolha um arquivo PNG ou JPEG, ou nenhum.</translation>
    </message>
    <message>
        <source>No heat map: the file has changed since the run analysed it. Analyse it again to have one.</source>
        <translation>Sem mapa de calor: o arquivo mudou desde que foi analisado. Analise-o de novo para ter um.</translation>
    </message>
    <message>
        <source>The file can no longer be read; this is its stored thumbnail.</source>
        <translation>O arquivo não pode mais ser lido; esta é a miniatura armazenada.</translation>
    </message>
    <message>
        <source>The file has changed; this is the stored thumbnail.</source>
        <translation>O arquivo foi alterado; esta é a miniatura armazenada.</translation>
    </message>
    <message>
        <source>The printer does not answer; check that it is on and connected, or save the report as PDF.</source>
        <translation>A impressora não responde; verifique se está ligada e conectada, ou salve o relatório como PDF.</translation>
    </message>
    <message>
        <source>A case report is a PDF; name its file with --pdf.</source>
        <translation>Um relatório de caso é um PDF; indique o arquivo com --pdf.</translation>
    </message>
    <message>
        <source>{option} is for the report; name its file with --pdf.</source>
        <translation>{option} é para o relatório; indique o arquivo com --pdf.</translation>
    </message>
    <message>
        <source>Earlier runs are kept in a store; name its file with --store.</source>
        <translation>As análises anteriores ficam em um banco de dados; indique o arquivo dele com --store.</translation>
    </message>
    <message>
        <source>The models know no operating point {name}; choose one of {points}.</source>
        <translation>Os modelos não têm o ponto de operação {name}; escolha um destes: {points}.</translation>
    </message>
    <message>
        <source>{text} is not a number from 0 to 1; write one such as 0.5</source>
        <translation>{text} não é um número de 0 a 1; escreva um como 0.5</translation>
    </message>
    <message>
        <source>a path is empty (is a shell variable not set?); name a file or a folder</source>
        <translation>um caminho está vazio (falta definir uma variável do shell?); indique um arquivo ou uma pasta</translation>
    </message>
    <message>
        <source>The same command resumes the run.</source>
        <translation>O mesmo comando retoma a análise.</translation>
    </message>
    <message>
        <source>What is finished is kept in {file}; the same command with --store {file} continues from there.</source>
        <translation>O que já foi concluído está em {file}; o mesmo comando com --store {file} continua a partir daí.</translation>
    </message>
    <message>
        <source>Images with the result of an earlier run over the same file: {count:,}; the column reused_from names the run.</source>
        <translation>Imagens com o resultado de uma análise anterior do mesmo arquivo: {count:,}; a coluna reused_from indica a análise.</translation>
    </message>
    <message>
        <source>The table fits {fitting:,} of {images:,} images.</source>
        <translation>A tabela corresponde a {fitting:,} de {images:,} imagens.</translation>
    </message>
    <message>
        <source>The table fits 0 of {images:,} images; its column &apos;file&apos; must hold their names with their endings.</source>
        <translation>A tabela corresponde a 0 de {images:,} imagens; a coluna “file” deve conter os nomes com as extensões.</translation>
    </message>
    <message>
        <source>The pattern fits {fitting:,} of {images:,} images.</source>
        <translation>O padrão corresponde a {fitting:,} de {images:,} imagens.</translation>
    </message>
    <message>
        <source>The pattern fits 0 of {images:,} images; compare it with their names without the endings.</source>
        <translation>O padrão corresponde a 0 de {images:,} imagens; compare-o com os nomes sem as extensões.</translation>
    </message>
    <message>
        <source>{file} does not answer; check the drive or the network, or name another place.</source>
        <translation>{file} não responde; verifique a unidade ou a rede, ou indique outro lugar.</translation>
    </message>
    <message>
        <source>no answer from {files}; check the drive or the network. {meanwhile}</source>
        <translation>sem resposta de {files}; verifique a unidade ou a rede. {meanwhile}</translation>
    </message>
    <message>
        <source>still decoding {files}. {meanwhile}</source>
        <translation>ainda decodificando {files}. {meanwhile}</translation>
    </message>
    <message>
        <source>{file} and {more:,} more</source>
        <translation>{file} e mais {more:,}</translation>
    </message>
    <message>
        <source>The run continues without waiting; Ctrl+C ends it and keeps what is finished.</source>
        <translation>A análise continua sem esperar; Ctrl+C a encerra e mantém o que já foi concluído.</translation>
    </message>
    <message>
        <source>The program waits for up to {seconds:.0f} seconds; Ctrl+C ends it.</source>
        <translation>O programa espera até {seconds:.0f} segundos; Ctrl+C o encerra.</translation>
    </message>
    <message>
        <source>Nothing continues until it answers; Ctrl+C ends the program and keeps what is finished.</source>
        <translation>Nada continua até que haja resposta; Ctrl+C encerra o programa e mantém o que já foi concluído.</translation>
    </message>
    <message>
        <source>{ended:,} of {queued:,}</source>
        <translation>{ended:,} de {queued:,}</translation>
    </message>
    <message>
        <source>{ended:,} of {queued:,}, {time} left</source>
        <translation>{ended:,} de {queued:,}, faltam {time}</translation>
    </message>
    <message>
        <source>The store {file} is damaged or is not a store ({error}). Move it away, and a new one is created.</source>
        <translation>O banco de dados {file} está danificado ou não é um banco de dados ({error}). Mova-o para outro lugar, e um novo será criado.</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>o arquivo não é um banco de dados</translation>
    </message>
    <message>
        <source>the table {table} is damaged</source>
        <translation>a tabela {table} está danificada</translation>
    </message>
    <message>
        <source>The store {file} is locked by another program. Close that program, or name another store.</source>
        <translation>O banco de dados {file} está bloqueado por outro programa. Feche esse programa ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The disk of the store {file} does not let programs share a file ({error}). Choose a folder on another disk.</source>
        <translation>O disco do banco de dados {file} não permite que programas compartilhem um arquivo ({error}). Escolha uma pasta em outro disco.</translation>
    </message>
    <message>
        <source>The store {file} cannot be used ({error}). Check that its folder exists, can be written to and has space left.</source>
        <translation>O banco de dados {file} não pode ser usado ({error}). Verifique se a pasta existe, aceita gravação e tem espaço livre.</translation>
    </message>
    <message>
        <source>The store {file} was changed by another program: {what}. Use an earlier copy, or name another store.</source>
        <translation>O banco de dados {file} foi alterado por outro programa: {what}. Use uma cópia anterior ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>{place} is not valid</source>
        <translation>{place} não é válido</translation>
    </message>
    <message>
        <source>it holds a text that is not valid</source>
        <translation>contém um texto que não é válido</translation>
    </message>
    <message>
        <source>it holds a row that refers to a missing row</source>
        <translation>contém uma linha que se refere a uma linha inexistente</translation>
    </message>
    <message>
        <source>run {run} is missing</source>
        <translation>falta a análise {run}</translation>
    </message>
    <message>
        <source>The store {file} does not answer. Check the connection to its disk or server, or name another store.</source>
        <translation>O banco de dados {file} não responde. Verifique a conexão com o disco ou o servidor, ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The store {file} is not a file. Move it away, or name another store.</source>
        <translation>O banco de dados {file} não é um arquivo. Mova-o para outro lugar ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The store {file} cannot hold a text or number that was to be written. Use ordinary characters and try again.</source>
        <translation>O banco de dados {file} não consegue guardar um texto ou um número que seria gravado. Use caracteres comuns e tente de novo.</translation>
    </message>
    <message>
        <source>The name of the store {file} is too long. Choose a shorter one.</source>
        <translation>O nome do banco de dados {file} é longo demais. Escolha um mais curto.</translation>
    </message>
    <message>
        <source>The file {file} does not belong to the store beside it. Move it away, or name another store.</source>
        <translation>O arquivo {file} não faz parte do banco de dados ao lado dele. Mova-o para outro lugar ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The file {file} is the database of another program and was left as it is. Move it away, or name another store.</source>
        <translation>O arquivo {file} é o banco de dados de outro programa e não foi alterado. Mova-o para outro lugar ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>The store {file} was written by a newer version of this program. Install that version to open it.</source>
        <translation>O banco de dados {file} foi gravado por uma versão mais nova deste programa. Instale essa versão para abri-lo.</translation>
    </message>
    <message>
        <source>The store {file} was made by an earlier version of this program. Before upgrading it, the program makes a copy, {copy}, and this copy cannot be written ({error}). Make room on its disk, and check that its folder can be written to.</source>
        <translation>O banco de dados {file} foi criado por uma versão anterior deste programa. Antes de atualizá-lo, o programa faz uma cópia, {copy}, e essa cópia não pode ser gravada ({error}). Libere espaço no disco e verifique se a pasta aceita gravação.</translation>
    </message>
    <message>
        <source>Another window or command is writing the store {file} (process {process}, since {since}). Wait until it has finished, or name another store.</source>
        <translation>Outra janela ou outro comando está gravando no banco de dados {file} (processo {process}, desde {since}). Espere até que termine ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>Another window or command is writing the store {file}. Wait until it has finished, or name another store; if nothing else uses the store, delete {lock}.</source>
        <translation>Outra janela ou outro comando está gravando no banco de dados {file}. Espere até que termine ou indique outro banco de dados; se nada mais usa o banco de dados, apague {lock}.</translation>
    </message>
    <message>
        <source>The store {file} cannot be locked ({error}). Check that its folder can be written to and has space left.</source>
        <translation>O banco de dados {file} não pode ser bloqueado ({error}). Verifique se a pasta aceita gravação e tem espaço livre.</translation>
    </message>
    <message>
        <source>The store {file} cannot be locked, because {lock} is a link or a folder. Move it away, or name another store.</source>
        <translation>O banco de dados {file} não pode ser bloqueado, pois {lock} é um link ou uma pasta. Mova esse item para outro lugar ou indique outro banco de dados.</translation>
    </message>
    <message>
        <source>Another process holds the lock {file} and does not release it. Close other windows and commands of this program; if there are none, delete that file.</source>
        <translation>Outro processo mantém o bloqueio {file} e não o libera. Feche as outras janelas e os outros comandos deste programa; se não houver nenhum, apague esse arquivo.</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>benign</source>
        <translation>benigno</translation>
    </message>
    <message>
        <source>malignant</source>
        <translation>maligno</translation>
    </message>
    <message>
        <source>done</source>
        <translation>concluída</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>com falha</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>recusada</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ignorada</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>cancelada</translation>
    </message>
    <message>
        <source>Adenosis</source>
        <translation>Adenose</translation>
    </message>
    <message>
        <source>Fibroadenoma</source>
        <translation>Fibroadenoma</translation>
    </message>
    <message>
        <source>Phyllodes tumour</source>
        <translation>Tumor filoide</translation>
    </message>
    <message>
        <source>Tubular adenoma</source>
        <translation>Adenoma tubular</translation>
    </message>
    <message>
        <source>Ductal carcinoma</source>
        <translation>Carcinoma ductal</translation>
    </message>
    <message>
        <source>Lobular carcinoma</source>
        <translation>Carcinoma lobular</translation>
    </message>
    <message>
        <source>Mucinous carcinoma</source>
        <translation>Carcinoma mucinoso</translation>
    </message>
    <message>
        <source>Papillary carcinoma</source>
        <translation>Carcinoma papilar</translation>
    </message>
    <message>
        <source>adenosis</source>
        <translation>adenose</translation>
    </message>
    <message>
        <source>fibroadenoma</source>
        <translation>fibroadenoma</translation>
    </message>
    <message>
        <source>phyllodes tumour</source>
        <translation>tumor filoide</translation>
    </message>
    <message>
        <source>tubular adenoma</source>
        <translation>adenoma tubular</translation>
    </message>
    <message>
        <source>ductal carcinoma</source>
        <translation>carcinoma ductal</translation>
    </message>
    <message>
        <source>lobular carcinoma</source>
        <translation>carcinoma lobular</translation>
    </message>
    <message>
        <source>mucinous carcinoma</source>
        <translation>carcinoma mucinoso</translation>
    </message>
    <message>
        <source>papillary carcinoma</source>
        <translation>carcinoma papilar</translation>
    </message>
    <message>
        <source>default</source>
        <translation>padrão</translation>
    </message>
    <message>
        <source>screening</source>
        <translation>triagem</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>equilibrado</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>personalizado</translation>
    </message>
    <message>
        <source>official name</source>
        <translation>nome oficial</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompido</translation>
    </message>
    <message>
        <source>CUDA (untested)</source>
        <translation>CUDA (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on CUDA (untested)</source>
        <translation>ONNX Runtime em CUDA (não testado)</translation>
    </message>
    <message>
        <source>DirectML (untested)</source>
        <translation>DirectML (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on DirectML (untested)</source>
        <translation>ONNX Runtime em DirectML (não testado)</translation>
    </message>
    <message>
        <source>CoreML (untested)</source>
        <translation>CoreML (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on CoreML (untested)</source>
        <translation>ONNX Runtime em CoreML (não testado)</translation>
    </message>
    <message>
        <source>OpenVINO (untested)</source>
        <translation>OpenVINO (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on OpenVINO (untested)</source>
        <translation>ONNX Runtime em OpenVINO (não testado)</translation>
    </message>
    <message>
        <source>ROCm (untested)</source>
        <translation>ROCm (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on ROCm (untested)</source>
        <translation>ONNX Runtime em ROCm (não testado)</translation>
    </message>
    <message>
        <source>MIGraphX (untested)</source>
        <translation>MIGraphX (não testado)</translation>
    </message>
    <message>
        <source>ONNX Runtime on MIGraphX (untested)</source>
        <translation>ONNX Runtime em MIGraphX (não testado)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>em pausa</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>na fila</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>em espera</translation>
    </message>
    <message>
        <source>running</source>
        <translation>em andamento</translation>
    </message>
    <message>
        <source>pausing</source>
        <translation>pausando</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>cancelando</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminado</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>For research use. Not a medical device.</source>
        <translation>Para uso em pesquisa. Não é um dispositivo médico.</translation>
    </message>
</context>
</TS>
